using System.Buffers.Binary;
using System.IO.Compression;
using Gyrus.Dicom.Nifti;
using Gyrus.Testing;
using Xunit;

namespace Gyrus.Dicom.Tests.Nifti;

public sealed class NiftiVolumeTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void Values_are_scaled_and_in_their_places(bool isBig, bool isPacked)
    {
        var path = _folder.File(isPacked ? "v.nii.gz" : "v.nii");
        File.WriteAllBytes(path, isPacked ? Gzip(Volume(isBig)) : Volume(isBig));

        var volume = NiftiVolume.Read(path);

        Assert.Equal([2, 3, 2], volume.Header.Size);
        // Voxel n is n, and the file says value = 2 n - 5.
        Assert.Equal((2 * (1 + (2 * (2 + (3 * 1))))) - 5, volume.Value(1, 2, 1));
        Assert.Equal([1, 1.5, 4], volume.Header.Spacing);
        Assert.False(volume.Header.IsPlaced);
    }

    [Fact]
    public void A_quaternion_turns_the_volume()
    {
        var bytes = Volume(isBig: false);
        BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(252), 1);
        BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(76), -1);
        // Half a turn about the third axis: d = 1.
        BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(264), 1);
        BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(268), 10);
        File.WriteAllBytes(_folder.File("q.nii"), bytes);

        var affine = NiftiVolume.Read(_folder.File("q.nii")).Header.Affine;

        Assert.Equal([-1, 0, 0, 10, 0, -1.5, 0, 0, 0, 0, -4, 0], affine.Cast<double>().Select(number => Math.Round(number, 6) + 0.0));
    }

    [Theory]
    [InlineData(70, 32, "type 32")]
    [InlineData(42, 9999, "need")]
    [InlineData(40, 9, "its size is")]
    public void What_cannot_be_read_is_refused_in_words(int field, short value, string reason)
    {
        var bytes = Volume(isBig: false);
        BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(field), value);
        File.WriteAllBytes(_folder.File("x.nii"), bytes);

        Assert.Contains(reason, Assert.Throws<DicomException>(() => NiftiVolume.Read(_folder.File("x.nii"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_pair_of_files_is_read_by_either()
    {
        var bytes = Volume(isBig: false);
        "ni1\0"u8.CopyTo(bytes.AsSpan(344));
        BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(108), 0);
        File.WriteAllBytes(_folder.File("p.hdr"), bytes[..348]);
        File.WriteAllBytes(_folder.File("p.img"), bytes[352..]);

        Assert.Equal(-3, NiftiVolume.Read(_folder.File("p.hdr")).Value(1, 0, 0));
        Assert.Equal(-3, NiftiVolume.Read(_folder.File("p.img")).Value(1, 0, 0));
    }

    private static byte[] Gzip(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest)) gzip.Write(bytes);
        return packed.ToArray();
    }

    private static byte[] Volume(bool isBig)
    {
        var bytes = new byte[352 + (12 * 2)];
        void Whole(int at, int value)
        {
            if (isBig) BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(at), value);
            else BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(at), value);
        }
        void Word(int at, short value)
        {
            if (isBig) BinaryPrimitives.WriteInt16BigEndian(bytes.AsSpan(at), value);
            else BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(at), value);
        }
        void Number(int at, float value) => Whole(at, BitConverter.SingleToInt32Bits(value));
        Whole(0, 348);
        short[] size = [3, 2, 3, 2];
        for (int i = 0; i < size.Length; i++) Word(40 + (2 * i), size[i]);
        Word(70, 4);
        float[] steps = [1, 1, 1.5f, 4];
        for (int i = 0; i < steps.Length; i++) Number(76 + (4 * i), steps[i]);
        Number(108, 352);
        Number(112, 2);
        Number(116, -5);
        "n+1\0"u8.CopyTo(bytes.AsSpan(344));
        for (short n = 0; n < 12; n++) Word(352 + (2 * n), n);
        return bytes;
    }
}
