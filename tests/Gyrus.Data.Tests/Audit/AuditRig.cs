using Gyrus.Data.Audit;
using Gyrus.Testing;
using NetVips;

namespace Gyrus.Data.Tests.Audit;

/// <summary>A small data set in a folder of its own.</summary>
internal sealed class AuditRig : IDisposable
{
    private readonly TempFolder _folder = new();

    public string Root => _folder.File("set");

    public void Dispose() => _folder.Dispose();

    public string File(string name) => _folder.File(name);

    public AuditReport Audit(string? source = null, string? against = null) => DatasetAudit.Run(
        source ?? Root,
        new AuditOptions(_folder.File("cache"), _folder.File("unpacked")) { Against = against },
        progress: null,
        CancellationToken.None);

    /// <summary>Copies one of the repository's scans.</summary>
    public void Scan(string path, string sample = "mri-healthy-coronal.png") =>
        System.IO.File.Copy(Path.Combine(TestFiles.Root, "samples", sample), Place(path));

    public void Write(string path, byte[] bytes) => System.IO.File.WriteAllBytes(Place(path), bytes);

    /// <summary>A picture in which every pixel has another colour, as in a photograph.</summary>
    public void Photograph(string path, int seed)
    {
        var pixels = new byte[90 * 80 * 3];
        new Random(seed).NextBytes(pixels);
        using var image = Image.NewFromMemory(pixels, 90, 80, 3, Enums.BandFormat.Uchar);
        image.WriteToFile(Place(path));
    }

    /// <summary>A grey picture with a pattern.</summary>
    public static byte[] Png(int width, int height, int spread)
    {
        byte[] pixels = [.. Enumerable.Range(0, width * height).Select(i => (byte)(i * 37 % 251 * spread / 251))];
        using var picture = Image.NewFromMemory(pixels, width, height, 1, Enums.BandFormat.Uchar);
        return picture.PngsaveBuffer();
    }

    private string Place(string path)
    {
        var full = Path.Combine(Root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        return full;
    }
}
