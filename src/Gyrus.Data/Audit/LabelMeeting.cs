using Gyrus.Imaging.Labels;

namespace Gyrus.Data.Audit;

/// <summary>What labels of one scan in two sets have to do with each other.</summary>
/// <param name="names">The labels of both.</param>
internal sealed class LabelMeeting(IEnumerable<string> names)
{
    private static readonly string[] TumourWords =
        ["pituitary", "metasta", "adenoma", "neoplasm", "cancer", "gbm", "lgg", "hgg", "carcinoma", "astrocyt", "oligodendro"];

    // With a healthy label beside them, all others are of tumours by their names, or of something else that has a name.
    private readonly LabelSet labels = LabelNames.Guess([.. names, "healthy", "tumour"]);

    /// <summary>
    /// Whether both cannot be true: healthy and not healthy (a haemorrhage is neither that nor a tumour), two modalities, two types, or a tumour and something that is none, such as a
    /// haemorrhage. A type beside a tumour without one is no contradiction, nor are two names for one thing.
    /// </summary>
    public bool Contradict(string one, string other)
    {
        var (first, second) = (labels[labels.IndexOf(one)], labels[labels.IndexOf(other)]);
        if (one == other) return false;
        if (first.Modality is not null && second.Modality is not null && first.Modality != second.Modality) return true;
        if (first.IsTumour != second.IsTumour || LabelNames.IsOtherFinding(one) != LabelNames.IsOtherFinding(other)) return true;
        if (first.IsTumour != true || first.Type == second.Type) return false;
        return first.Type is not null && second.Type is not null ? true : !IsTumourType((first.Type ?? second.Type)!);
    }

    private static bool IsTumourType(string type) => type.Split(' ', '_', '-').Any(word =>
        (word.EndsWith("oma", StringComparison.OrdinalIgnoreCase) && !word.EndsWith("matoma", StringComparison.OrdinalIgnoreCase))
        || TumourWords.Any(known => word.StartsWith(known, StringComparison.OrdinalIgnoreCase)));
}
