using System.Globalization;
using Gyrus.Data.Manifests;
using Gyrus.Evaluation.Scans;
using Gyrus.Evaluation.Statistics;

namespace Gyrus.Learning.Comparison;

/// <summary>A figure of several runs.</summary>
/// <param name="Name">Its name, as in <c>evaluation.json</c>.</param>
/// <param name="Words">The words for it.</param>
/// <param name="Values">[R]; null for a run that was not evaluated.</param>
/// <param name="Differences">[R]: how much more it is than the first run's, with the interval of that difference over the same resamples for
/// both; null for the first run and where there is nothing to pair.</param>
public sealed record ComparedFigure(string Name, string Words, IReadOnlyList<Figure?> Values, IReadOnlyList<Figure?> Differences);

/// <summary>Evaluations of runs, side by side.</summary>
/// <param name="Evaluation">The folder, within each run's, of the evaluation.</param>
/// <param name="Threshold">The smallest tumour probability that is called tumour, the same for all.</param>
/// <param name="Intervals">How intervals were made.</param>
/// <param name="Scans">[R]: how many scans each was evaluated on; 0 for a run that was not.</param>
/// <param name="Groups">How many groups of scans the differences are drawn from; as many as scans where each stands for itself.</param>
/// <param name="Figures">The figures; none where no run was evaluated.</param>
/// <param name="Notes">What a reader must know: who was not evaluated or not paired and why, who knows the scans.</param>
public sealed record AnswerComparison(
    string Evaluation,
    double Threshold,
    BootstrapOptions Intervals,
    IReadOnlyList<int> Scans,
    int Groups,
    IReadOnlyList<ComparedFigure> Figures,
    IReadOnlyList<string> Notes)
{
    /// <summary>Compares. A run's own intervals are those of its evaluation; differences are drawn in pairs, the same scans for both, by group
    /// where there are groups: Efron and Tibshirani 1993, chapters 8 and 13.</summary>
    /// <param name="runs">[R], the one that the others are compared with first.</param>
    /// <param name="evaluation">The folder, within each run's, of the evaluation, such as <c>evaluation-test</c>.</param>
    /// <param name="groups">A manifest that tells the groups of the scans; null for the first run's, where it is still there.</param>
    /// <param name="threshold">The smallest tumour probability that is called tumour, 0 to 1.</param>
    /// <param name="intervals">How intervals are made.</param>
    /// <exception cref="GyrusException">A file cannot be read, or a value is outside its range.</exception>
    public static AnswerComparison Of(
        IReadOnlyList<ComparedRun> runs, string evaluation, string? groups, double threshold, BootstrapOptions intervals)
    {
        ArgumentNullException.ThrowIfNull(runs);
        ArgumentNullException.ThrowIfNull(intervals);
        intervals.Check();
        if (!(threshold is >= 0 and <= 1)) throw new GyrusException("The threshold is a probability, 0 to 1.");
        var notes = new List<string>();
        IReadOnlyList<ScoredScan>?[] answers = [.. runs.Select(run => RunAnswers.Read(run, evaluation) is { } scans ? AnswerPairs.Sorted(scans) : null)];
        notes.AddRange(runs.Where((_, i) => answers[i] is null).Select(run => $"{run.Name} has no answers in {evaluation}: evaluate it to compare them."));
        var manifest = answers.All(scans => scans is null) ? null : ManifestOf(runs[0], groups, notes);
        notes.AddRange(runs.Zip(answers, (run, scans) => Known(run, scans, manifest)).OfType<string>());

        var values = new Figure[]?[runs.Count];
        var differences = new Figure[]?[runs.Count];
        int drawn = 0;
        foreach (var together in Together(runs, answers, notes))
        {
            var numbers = Numbers(answers[together[0]]!, manifest, notes);
            if (together[0] == 0) drawn = numbers.Distinct().Count();
            var rows = Resampled([.. together.Select(run => new AnswerFigures(answers[run]!, threshold))], numbers, intervals);
            foreach (var (run, row) in together.Zip(rows))
            {
                values[run] = row.Values;
                if (run != together[0]) differences[run] = row.Differences;
            }
        }
        var figures = AnswerFigures.All.Select((figure, f) => new ComparedFigure(
            figure.Name, figure.Words, [.. values.Select(row => row?[f])], [.. differences.Select(row => row?[f])]));
        return new(
            evaluation, threshold, intervals, [.. answers.Select(scans => scans?.Count ?? 0)], drawn,
            [.. figures.Where(figure => figure.Values.Any(value => value?.Value is not null))], notes);
    }

    /// <summary>The runs whose resamples are the same: those that belong to the first one, and each other by itself. Their answers are laid in the
    /// first one's order.</summary>
    private static List<List<int>> Together(IReadOnlyList<ComparedRun> runs, IReadOnlyList<ScoredScan>?[] answers, List<string> notes)
    {
        List<List<int>> together = [];
        for (int i = 0; i < runs.Count; i++)
        {
            if (answers[i] is not { } own) continue;
            if (i > 0 && answers[0] is { } first)
            {
                var (same, why) = AnswerPairs.Of(first, own);
                if (same is not null)
                {
                    answers[i] = same;
                    together[0].Add(i);
                    continue;
                }
                notes.Add($"{runs[i].Name} is not paired with {runs[0].Name}: {why}.");
            }
            together.Add([i]);
        }
        return together;
    }

    /// <summary>Figures of runs over the same scans and their differences to the first run's, all from the same resamples.</summary>
    private static (Figure[] Values, Figure[] Differences)[] Resampled(
        AnswerFigures[] runs, IReadOnlyList<int> groups, BootstrapOptions intervals)
    {
        int count = AnswerFigures.All.Count;
        var figures = Bootstrap.Run(groups, 2 * runs.Length * count, (weights, row) =>
        {
            for (int run = 0; run < runs.Length; run++)
            {
                var values = row[(2 * run * count)..][..count];
                runs[run].Calculate(weights, values);
                for (int f = 0; f < count; f++) row[(((2 * run) + 1) * count) + f] = values[f] - row[f];
            }
        }, intervals);
        return [.. Enumerable.Range(0, runs.Length).Select(run => (
            figures[(2 * run * count)..][..count], figures[(((2 * run) + 1) * count)..][..count]))];
    }

    private static Manifest? ManifestOf(ComparedRun first, string? given, List<string> notes)
    {
        var path = given ?? first.Record.Manifest;
        if (given is not null || File.Exists(path)) return Manifest.Load(path);
        notes.Add($"{path}, which {first.Name} was trained on, is not there: groups of scans are not known, and each scan is drawn by itself.");
        return null;
    }

    /// <summary>The number of each scan's group.</summary>
    private static IReadOnlyList<int> Numbers(IReadOnlyList<ScoredScan> scans, Manifest? manifest, List<string> notes)
    {
        IReadOnlyList<int> each = [.. Enumerable.Range(0, scans.Count)];
        if (manifest is null) return each;
        var there = manifest.Rows.Select(row => (row.Path, row.Sha256)).ToHashSet();
        if (scans.All(scan => there.Contains((scan.Path, scan.Sha256)))) return ScanGroupNumbers.Of(manifest, scans) ?? each;
        const string other = "The manifest does not have all of the scans: their groups are not known, and each scan is drawn by itself.";
        if (!notes.Contains(other)) notes.Add(other);
        return each;
    }

    private static string? Known(ComparedRun run, IReadOnlyList<ScoredScan>? scans, Manifest? manifest)
    {
        if (scans is null) return null;
        int Met(IReadOnlyList<string> images)
        {
            IReadOnlySet<string> seen = images.ToHashSet();
            if (manifest is not null) seen = KnownScans.WithCopies(manifest, seen);
            return scans.Count(scan => seen.Contains(scan.Sha256));
        }
        return Met(run.Record.TrainingImages) is > 0 and var trained
            ? string.Create(CultureInfo.InvariantCulture, $"LEAKED: {run.Name} was trained on {trained} of these {scans.Count} scans or on copies of them. Its figures flatter.")
            : Met(run.Record.SelectionImages) is > 0 and var chosen
            ? string.Create(CultureInfo.InvariantCulture, $"{run.Name} chose its epoch on {chosen} of these {scans.Count} scans or on copies of them: its figures flatter a little.")
            : null;
    }
}
