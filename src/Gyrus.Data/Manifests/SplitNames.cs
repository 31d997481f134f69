namespace Gyrus.Data.Manifests;

/// <summary>The names of parts in files and folders.</summary>
internal static class SplitNames
{
    /// <summary>The name that is written: <c>train</c>, <c>val</c>, <c>test</c>, or nothing for none.</summary>
    public static string Name(Split split) => split switch
    {
        Split.Train => "train",
        Split.Val => "val",
        Split.Test => "test",
        _ => "",
    };

    /// <summary>Reads a name as people write it, upper case or lower; null where it names no part.</summary>
    public static Split? Parse(string name) => name.ToUpperInvariant() switch
    {
        "" => Split.None,
        "TRAIN" or "TRAINING" => Split.Train,
        "VAL" or "VALID" or "VALIDATION" => Split.Val,
        "TEST" or "TESTING" => Split.Test,
        _ => null,
    };
}
