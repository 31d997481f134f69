using Gyrus.Imaging;

namespace Gyrus.Data;

/// <summary>Reads an image's label and part off its path.</summary>
public static class FolderLayout
{
    /// <summary>What the layouts are, for an error message.</summary>
    public const string Known =
        "Known are: label/file, split/label/file (split: train, val, test), and the published layout "
        + "'Brain Tumor CT scan Images' and 'Brain Tumor MRI images', each with Healthy and Tumor";

    private static readonly string[] Extensions =
        [".png", ".jpg", ".jpeg", ".jfif", ".tif", ".tiff", ".webp", ".bmp", ".gif", ".avif"];

    /// <summary>
    /// Whether a file's name says that it is an image; its content is looked at later. Hidden files are none: zips
    /// made on a Mac hold a <c>._x.png</c> beside each <c>x.png</c>.
    /// </summary>
    public static bool IsImageName(string path) =>
        !Path.GetFileName(path.AsSpan()).StartsWith('.')
        && Extensions.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase);

    /// <summary>The label and the part of an image, or null where its path is of no known layout.</summary>
    /// <param name="relativePath">The path below the source's folder, with forward slashes.</param>
    public static (string Label, Split Split)? Read(string relativePath)
    {
        var parts = relativePath.Split('/');
        var folders = parts[..^1];
        for (int i = folders.Length - 1; i >= 0; i--)
        {
            var label = ScanLabel.All.FirstOrDefault(
                label => label.Name.Equals(folders[i], StringComparison.OrdinalIgnoreCase))?.Name;
            if (label is null && i > 0) label = Published(folders[i - 1], folders[i], parts[^1]);
            if (label is null) continue;
            return (label, i > 0 ? SplitNames.Parse(folders[i - 1]) ?? Split.None : Split.None);
        }
        return null;
    }

    /// <summary>The published layout: modality and health are folders, the tumour's type begins the file's name.</summary>
    private static string? Published(string modality, string health, string file)
    {
        bool ct = modality.Contains("CT scan", StringComparison.OrdinalIgnoreCase);
        bool mri = modality.Contains("MRI", StringComparison.OrdinalIgnoreCase);
        if (ct == mri) return null;
        if (health.Equals("Healthy", StringComparison.OrdinalIgnoreCase)) return ct ? "ct_healthy" : "mri_healthy";
        if (!health.Equals("Tumor", StringComparison.OrdinalIgnoreCase)) return null;
        if (ct) return "ct_tumor";
        foreach (var type in (string[])["glioma", "meningioma", "pituitary"])
        {
            if (file.StartsWith(type, StringComparison.OrdinalIgnoreCase)) return "mri_" + type;
        }
        return "mri_tumor";
    }
}
