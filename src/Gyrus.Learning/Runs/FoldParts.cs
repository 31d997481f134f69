using Gyrus.Data.Manifests;
using Gyrus.Data.Splits;
using Gyrus.Evaluation.Scans;

namespace Gyrus.Learning.Runs;

/// <summary>What each fold of a study trains, chooses its epoch and is tested on.</summary>
internal static class FoldParts
{
    private const double ValidationShare = 0.15;
    private const int Seed = 1;

    /// <summary>Whether folds are sources: the data set names several, and each is in one fold alone.</summary>
    /// <param name="manifest">The data set, its rows in folds.</param>
    public static bool AreSources(Manifest manifest)
    {
        if (!manifest.MoreColumns.Contains(KnownColumns.Source)) return false;
        var sources = manifest.Rows.GroupBy(row => manifest.Value(row, KnownColumns.Source)).ToList();
        return sources.Count > 1 && sources.All(source => source.Select(row => row.Fold).Distinct().Count() == 1);
    }

    /// <summary>The parts for one fold: itself to test on, the next to choose the epoch on, the rest to train on.</summary>
    public static Manifest Of(Manifest manifest, int fold, int count) => manifest with
    {
        Rows = [.. manifest.Rows.Select(row => row with
        {
            Split = row.Fold == fold ? Split.Test : row.Fold == (fold + 1) % count ? Split.Val : Split.Train,
        })],
    };

    /// <summary>
    /// The parts for one fold of sources: itself to test on, and of the other sources a share of each label of each to choose the epoch on, by whole
    /// groups and patients, so that what is validated on is of the sources that are trained on. Images elsewhere that belong to a group or a patient of
    /// the fold are in no part.
    /// </summary>
    public static Manifest OfSources(Manifest manifest, int fold)
    {
        var units = ScanGroupNumbers.Units(manifest);
        var tested = manifest.Rows.Where(row => row.Fold == fold).Select(row => units[row.Path]).ToHashSet();
        List<ManifestRow> others = [.. manifest.Rows.Where(row => row.Fold != fold && !tested.Contains(units[row.Path]))];
        // The names of labels are here to place each source's own in its share, and nothing else.
        var placed = DatasetSplit.Grouped(
            manifest with
            {
                Rows = [.. others.Select(row => row with { Group = units[row.Path], Label = $"{manifest.Value(row, KnownColumns.Source)}\n{row.Label}" })],
            },
            Seed, ValidationShare, testShare: 0);
        var parts = placed.Rows.ToDictionary(row => row.Path, row => row.Split);
        return manifest with
        {
            Rows = [.. manifest.Rows.Select(row => row with
            {
                Split = row.Fold == fold ? Split.Test : parts.GetValueOrDefault(row.Path, Split.None),
            })],
        };
    }

    /// <summary>The plan as it can be carried out: where no tumour that is trained on has a drawn lesion, as where the one source with masks is left out,
    /// none is pasted, and evidence is not taught by them but by those that are drawn at random.</summary>
    public static RunPlan WithoutMissingMasks(RunPlan plan)
    {
        var manifest = plan.Manifest;
        bool IsDrawn(ManifestRow row) => manifest.MaskPath(row) is not null && manifest.Labels[manifest.Labels.IndexOf(row.Label)].IsTumour == true;
        // A data set without any is a mistake of who asked for them, and told as one.
        bool drawn = manifest.Rows.Any(row => row.Split == Split.Train && IsDrawn(row)) || !manifest.Rows.Any(IsDrawn);
        return drawn ? plan : plan with
        {
            Training = plan.FineTune is { DrawnLesions: > 0 } ? plan.Training : plan.Training with { EvidenceWeight = 0 },
            FineTune = plan.FineTune is { } fineTune ? fineTune with { LesionPasting = 0 } : null,
        };
    }
}
