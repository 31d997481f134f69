namespace Gyrus.Imaging.Acquisition;

/// <summary>Sequences and planes as people write them.</summary>
public static class SequenceWords
{
    private static readonly Dictionary<string, string> Sequences = new(StringComparer.OrdinalIgnoreCase)
    {
        ["t1"] = "T1",
        ["t1c"] = "T1 after contrast",
        ["t2"] = "T2",
        ["flair"] = "FLAIR",
        ["pd"] = "proton density",
        ["ct"] = "CT",
    };

    /// <summary>A kind's name in words: "t1, sagittal" is "Sagittal T1"; a sequence that is not known here stays as it is.</summary>
    /// <param name="name">A sequence, or a sequence and a plane with a comma between.</param>
    public static string Of(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var parts = name.Split(", ", 2);
        var sequence = Sequences.GetValueOrDefault(parts[0], parts[0]);
        return parts is [_, { Length: > 0 } plane] ? $"{char.ToUpperInvariant(plane[0])}{plane[1..]} {sequence}" : sequence;
    }
}
