using FsCheck;
using FsCheck.Fluent;
using Gyrus.Dicom.Parsing;
using Gyrus.Dicom.Pixels;
using Gyrus.Testing;
using Xunit;

namespace Gyrus.Dicom.Tests.Pixels;

public class DicomPixelsTests
{
    private static readonly TransferSyntax RunLength = TransferSyntax.Of("1.2.840.10008.1.2.5");

    [Theory]
    [InlineData("1.2.840.10008.1.2")]
    [InlineData("1.2.840.10008.1.2.1")]
    [InlineData("1.2.840.10008.1.2.2")]
    public void Twelve_signed_bits_have_their_sign_and_no_overlay(string uid)
    {
        var bytes = WrittenDicom.File(TransferSyntax.Of(uid), data => data
            .Image(1, 3, 16, isSigned: true, stored: 12)
            .Bytes(DicomTags.PixelData, "OW", data.Words(0xF7FF, 0x0800, 0x1FFF)));

        var frame = DicomPixels.Of(DicomFile.Parse("x", bytes)).Frame(0);

        Assert.Equal([2047, -2048, -1], Enumerable.Range(0, 3).Select(frame.Value));
    }

    [Fact]
    public void Colours_in_planes_are_put_together()
    {
        var bytes = WrittenDicom.File(TransferSyntax.ExplicitLittleEndian, data => data
            .Image(1, 2, 8, samples: 3, photometric: "RGB")
            .Word(DicomTags.PlanarConfiguration, 1)
            .Bytes(DicomTags.PixelData, "OB", [1, 2, 3, 4, 5, 6]));

        Assert.Equal([1, 3, 5, 2, 4, 6], DicomPixels.Of(DicomFile.Parse("x", bytes)).Frame(0).Raw);
    }

    [Fact]
    public void What_runs_of_bytes_pack_is_unpacked() => Prop.ForAll<byte[], PositiveInt>((seeds, width) =>
    {
        int columns = 1 + (width.Get % 40), rows = 1 + (seeds.Length % 17);
        var random = new Random(seeds.Length);
        ushort[] samples = [.. Enumerable.Range(0, rows * columns).Select(i => (ushort)(seeds.Length == 0 || random.Next(3) == 0 ? random.Next(65536) : seeds[i / 9 % seeds.Length] * 257))];
        var bytes = WrittenDicom.File(RunLength, data => data.Image(rows, columns, 16).Packed([], PackedRuns.Frame(samples)));

        Assert.Equal(samples, DicomPixels.Of(DicomFile.Parse("x", bytes)).Frame(0).Raw);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Frames_are_told_apart_by_the_table_of_offsets()
    {
        byte[][] frames = [PackedRuns.Frame([1, 2]), PackedRuns.Frame([3, 4])];
        // Each frame in two fragments.
        byte[][] parts = [.. frames.SelectMany(frame => new[] { frame[..64], frame[64..] })];
        byte[] table = [.. BitConverter.GetBytes(0), .. BitConverter.GetBytes(16 + parts[0].Length + parts[1].Length)];
        var bytes = WrittenDicom.File(RunLength, data => data.Image(1, 2, 16, frames: 2).Packed([table, .. parts]));

        var pixels = DicomPixels.Of(DicomFile.Parse("x", bytes));

        Assert.Equal([1, 2], pixels.Frame(0).Raw);
        Assert.Equal([3, 4], pixels.Frame(1).Raw);
    }

    [Fact]
    public void A_palette_gives_its_colours_and_the_last_for_places_behind_it()
    {
        var bytes = WrittenDicom.File(TransferSyntax.ExplicitLittleEndian, data =>
        {
            data.Image(1, 3, 8, photometric: "PALETTE COLOR");
            foreach (var tag in (DicomTag[])[DicomTags.RedPaletteDescriptor, DicomTags.GreenPaletteDescriptor, DicomTags.BluePaletteDescriptor])
                data.Bytes(tag, "US", data.Words(2, 10, 16));
            data.Bytes(DicomTags.RedPaletteData, "OW", data.Words(0x1100, 0xFF00));
            data.Bytes(DicomTags.GreenPaletteData, "OW", data.Words(0x2200, 0xEE00));
            data.Bytes(DicomTags.BluePaletteData, "OW", data.Words(0x3300, 0xDD00));
            data.Bytes(DicomTags.PixelData, "OB", [10, 11, 200, 0]);
        });

        Assert.Equal([0x11, 0x22, 0x33, 0xFF, 0xEE, 0xDD, 0xFF, 0xEE, 0xDD], DicomPixels.Of(DicomFile.Parse("x", bytes)).Frame(0).Raw);
    }

    [Theory]
    [InlineData("1.2.840.10008.1.2.4.100", "MPEG-2 video (1.2.840.10008.1.2.4.100)")]
    [InlineData("1.2.3.4", "the transfer syntax 1.2.3.4")]
    public void A_transfer_syntax_that_is_not_read_is_named(string uid, string name)
    {
        var bytes = WrittenDicom.File(TransferSyntax.Of(uid), data => data.Image(1, 1, 8).Packed([], [0, 0]));

        Assert.Contains(name, Assert.Throws<DicomException>(() => DicomPixels.Of(DicomFile.Parse("x", bytes))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_frame_that_is_cut_off_is_refused_and_those_before_it_are_read()
    {
        var bytes = WrittenDicom.File(TransferSyntax.ExplicitLittleEndian, data => data.Image(1, 2, 16, frames: 2).Bytes(DicomTags.PixelData, "OW", data.Words(7, 8, 9)));
        var pixels = DicomPixels.Of(DicomFile.Parse("x", bytes));

        Assert.Equal([7, 8], pixels.Frame(0).Raw);
        Assert.Contains("frame 2 of 2", Assert.Throws<DicomException>(() => pixels.Frame(1)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(60_000, 60_000, "the limit is")]
    [InlineData(0, 5, "Rows is 0")]
    public void A_size_that_cannot_be_is_refused_by_the_header(int rows, int columns, string reason)
    {
        var bytes = WrittenDicom.File(TransferSyntax.ExplicitLittleEndian, data => data.Image(rows, columns, 16).Bytes(DicomTags.PixelData, "OW", new byte[4]));

        Assert.Contains(reason, Assert.Throws<DicomException>(() => DicomPixels.Of(DicomFile.Parse("x", bytes))).Message, StringComparison.Ordinal);
    }
}
