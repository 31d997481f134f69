namespace Gyrus.Data.Merging;

/// <summary>How data sets are merged.</summary>
public sealed record MergeOptions
{
    /// <summary>The source of the images of a data set that names none, by the data set's name or path; where it is not here, it is the name of
    /// the data set.</summary>
    public IReadOnlyDictionary<string, string> Sources { get; init; } = new Dictionary<string, string>();

    /// <summary>Labels of the data sets and what they are to be called; several may get one name.</summary>
    public IReadOnlyDictionary<string, string> Renamed { get; init; } = new Dictionary<string, string>();

    /// <summary>Whether copies of one scan that contradict each other across sources stay in the data set.</summary>
    public bool KeepContradictions { get; init; }
}
