using System.IO.Compression;
using Gyrus.Dicom.Nifti;
using Gyrus.Testing;
using Xunit;

namespace Gyrus.Dicom.Tests.Nifti;

public sealed class IsNiftiTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_volume_is_told_by_its_content_packed_or_not()
    {
        byte[] header = [.. new byte[344], .. "n+1\0"u8, .. new byte[100]];
        using (var packed = new GZipStream(File.Create(_folder.File("packed")), CompressionMode.Compress)) packed.Write(header);
        File.WriteAllBytes(_folder.File("plain"), header);
        File.WriteAllBytes(_folder.File("short"), header[..346]);
        File.WriteAllBytes(_folder.File("damaged"), [0x1F, 0x8B, 1, 2, 3]);
        File.WriteAllBytes(_folder.File("empty"), []);

        Assert.Equal(["packed", "plain"], ((string[])["packed", "plain", "short", "damaged", "empty", "missing"]).Where(name => NiftiVolume.IsNifti(_folder.File(name))));
    }
}
