using System.Globalization;
using Gyrus.Data.Labels;
using Gyrus.Data.Manifests;

namespace Gyrus.Data.Splits;

/// <summary>How a data set is split.</summary>
public sealed record SplitOptions
{
    /// <summary>What is kept together.</summary>
    public SplitKind Kind { get; init; } = SplitKind.Group;

    /// <summary>Some of the manifest's further columns, such as <c>patient</c>, whose values stay together; none for copies alone.</summary>
    public IReadOnlyList<string> Columns { get; init; } = [];

    /// <summary>How many folds to make instead of parts; null for parts.</summary>
    public int? Folds { get; init; }

    /// <summary>Whether each source is a fold (<see cref="SourceSplit"/>), instead of parts.</summary>
    public bool SourceFolds { get; init; }

    /// <summary>Collections of sources that are one fold: they hold the same people, though no copy shows it.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Together { get; init; } = [];

    /// <summary>What the test part is made of: any image that one of these holds for, and what is in its group; empty to draw the test
    /// part.</summary>
    public IReadOnlyList<RowCondition> HeldOut { get; init; } = [];

    /// <summary>Whether labels that contradict their copies are mended: <see cref="LabelResolution"/>.</summary>
    public bool ResolveLabels { get; init; }

    /// <summary>The same seed gives the same parts.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Share of the validation part, 0 to 1.</summary>
    public double ValShare { get; init; } = 0.15;

    /// <summary>Share of the test part, 0 to 1.</summary>
    public double TestShare { get; init; } = 0.15;

    /// <summary>Share of the published training part that becomes the validation part of a set that came without one, above 0
    /// and below 1; null to keep the published parts as they are.</summary>
    public double? CarvedValShare { get; init; }

    /// <summary>The options in words, as a manifest keeps them: <c>group, seed 1, val 0.15, test 0.15</c>.</summary>
    public override string ToString()
    {
        var kept = Kind == SplitKind.Group ? By : Kind.ToString().ToLowerInvariant();
        var how = Kind == SplitKind.Published ? Carved()
            : SourceFolds ? ", a fold a source" + string.Concat(Together.Select(sources => ", together " + string.Join('+', sources)))
            : HeldOut.Count > 0 ? string.Create(
                CultureInfo.InvariantCulture, $", held out where {string.Join(" or ", HeldOut)}, seed {Seed}, val {ValShare}")
            : Folds is { } folds ? string.Create(CultureInfo.InvariantCulture, $", {folds} folds, seed {Seed}")
            : string.Create(CultureInfo.InvariantCulture, $", seed {Seed}, val {ValShare}, test {TestShare}");
        return kept + how + (ResolveLabels ? ", labels resolved" : "");
    }

    private string By => Columns.Count > 0 ? string.Join('+', Columns) : "group";

    private string Carved() => CarvedValShare is not { } share ? ""
        : string.Create(CultureInfo.InvariantCulture, $", val {share} of train by {By}, seed {Seed}");
}
