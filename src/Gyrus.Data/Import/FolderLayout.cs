using Gyrus.Data.Manifests;
using Gyrus.Imaging.Decoding;
using Gyrus.Imaging.Labels;

namespace Gyrus.Data.Import;

/// <summary>Reads an image's label and part off its path.</summary>
public static class FolderLayout
{
    /// <summary>What the layouts are, for an error message.</summary>
    public const string Known =
        "Known are: label/file and split/label/file (split: train, val, test, or training, validation, testing), with any folders above, and the "
        + "published layout 'Brain Tumor CT scan Images' and 'Brain Tumor MRI images', each with Healthy and Tumor";

    // AVIF is not read, and told to be none rather than passed over.
    private static readonly string[] Extensions = [.. ImageFormats.All.SelectMany(format => format.Extensions), ".avif"];

    /// <summary>
    /// Whether a file's name says that it is an image; its content is looked at later. Hidden files are none: zips
    /// made on a Mac hold a <c>._x.png</c> beside each <c>x.png</c>.
    /// </summary>
    public static bool IsImageName(string path) =>
        !Path.GetFileName(path.AsSpan()).StartsWith('.')
        && Extensions.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether a file's name says that it is a NIfTI volume.</summary>
    public static bool IsVolumeName(string path)
    {
        var name = Path.GetFileName(path.AsSpan());
        return !name.StartsWith('.') && (name.EndsWith(".nii", StringComparison.OrdinalIgnoreCase) || name.EndsWith(".nii.gz", StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>
    /// The label and the part of each image; null where no folder names a label. Where any path is of the published layout or has a
    /// folder with a published label, that is meant, and other folders have none, unless one begins with a modality too (<c>mri_lymphoma</c>). Else the first folders that differ are labels, or parts with the labels below them,
    /// whatever stands above and below.
    /// </summary>
    /// <param name="relativePaths">Paths below the source's folder, with forward slashes.</param>
    public static IReadOnlyList<(string Label, Split Split)?> Read(IReadOnlyList<string> relativePaths)
    {
        List<(string Label, Split Split)?> published = [.. relativePaths.Select(ReadPublished)];
        string[][] folders = [.. relativePaths.Select(path => path.Split('/')[..^1])];
        int same = folders.Length == 0 ? 0 : Shared(folders);
        if (folders.All(above => above.Length == same)) same--; // one folder holds all, and names their one label
        List<(string Label, Split Split)?> any = [.. folders.Select(above => Read(above, same))];
        bool more = published.Zip(any).Any(pair => pair.First is null && pair.Second is var (label, _) && LabelNames.ModalityOf(label) is not null);
        return published.Any(place => place is not null) && !more ? published : any;
    }

    /// <summary>How many folders all paths begin with.</summary>
    private static int Shared(string[][] folders)
    {
        int same = 0;
        while (folders.All(above => above.Length > same && above[same] == folders[0][same])) same++;
        return same;
    }

    private static (string Label, Split Split)? Read(string[] folders, int shared)
    {
        var parts = folders.Select(SplitNames.Parse).ToList();
        // A part that all images are in is one of the folders that they share.
        int part = parts.FindLastIndex(Math.Min(shared, folders.Length - 1), found => found is not null);
        int label = part >= 0 ? part + 1 : shared;
        return label < 0 || label >= folders.Length ? null : (folders[label], part < 0 ? Split.None : parts[part]!.Value);
    }

    /// <summary>The label and the part of an image by the published layout or the published labels, or null.</summary>
    private static (string Label, Split Split)? ReadPublished(string relativePath)
    {
        var parts = relativePath.Split('/');
        var folders = parts[..^1];
        for (int i = folders.Length - 1; i >= 0; i--)
        {
            var label = PublishedLabels.Set.Names.FirstOrDefault(name => name.Equals(folders[i], StringComparison.OrdinalIgnoreCase));
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
