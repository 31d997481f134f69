using System.Text;
using Gyrus.Data.Manifests;
using Gyrus.Imaging.Labels;

namespace Gyrus.Cli.Commands.Data;

/// <summary>What the labels of a data set were taken to mean, and how to change that.</summary>
internal static class LabelTable
{
    /// <summary>A line a label, and where the meanings are kept.</summary>
    /// <param name="manifest">The manifest.</param>
    /// <param name="labels">Its labels.</param>
    public static string Render(string manifest, LabelSet labels)
    {
        int width = labels.Names.Max(name => name.Length);
        var text = new StringBuilder("\nlabels, as they were understood\n");
        foreach (var label in labels.All) text.Append("  ").Append(label.Name.PadRight(width)).Append("  ").Append(Meaning(label)).Append('\n');
        text.Append(labels.TellsTumours ? "" : "No label is healthy by its name, so this is plain classification, without a probability of a tumour.\n");
        return text.Append("If that is wrong: --healthy, --modality, --rename, or edit ").Append(Manifest.LabelsPath(manifest)).Append('\n').ToString();
    }

    private static string Meaning(ScanLabel label)
    {
        var modality = label.Modality is { } known ? known.ToString().ToUpperInvariant() + ", " : "";
        return modality + label.IsTumour switch
        {
            false => "healthy",
            true => label.Type is { } type ? $"a tumour of type {type}" : "a tumour",
            null => "neither tumour nor healthy",
        };
    }
}
