using System.Security.Cryptography;
using Gyrus.Data.Manifests;
using Gyrus.Imaging.Decoding;
using Gyrus.Imaging.Encoders;
using Gyrus.Testing;
using Xunit;

namespace Gyrus.Data.Tests.Manifests;

public sealed class ManifestScansTests : IDisposable
{
    private readonly TempFolder _temp = new();

    [Fact]
    public void Read_gives_the_scan_that_the_manifest_was_written_for_and_refuses_another_in_its_place()
    {
        var path = _temp.File("scan.png");
        var png = Png(40);
        File.WriteAllBytes(path, png);
        var row = new ManifestRow("scan.png", Convert.ToHexStringLower(SHA256.HashData(png)), "ct_tumor", Split.Train, 8, 6, "RGB", Split.None);
        var manifest = new Manifest(Path.GetDirectoryName(path)!, [row]);
        Assert.Equal(40, ManifestScans.Read(manifest, row).Rgb[0]);

        File.WriteAllBytes(path, Png(41));

        var error = Assert.Throws<ScanException>(() => ManifestScans.Read(manifest, row));
        Assert.Equal(ScanFault.Changed, error.Fault);
        Assert.Contains("scan.png: the file has changed since the manifest was written; import the data set again", error.Message);
    }

    public void Dispose() => _temp.Dispose();

    private static byte[] Png(byte value)
    {
        var rgb = new byte[3 * 8 * 6];
        rgb.AsSpan().Fill(value);
        return PngEncoder.Encode(new Scan(8, 6, "RGB", "png", rgb), compression: 1);
    }
}
