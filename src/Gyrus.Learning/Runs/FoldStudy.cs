using System.Globalization;
using Gyrus.Data.Manifests;
using Gyrus.Evaluation.Scans;
using Gyrus.Evaluation.TrustFitting;
using Gyrus.Models.Trust;

namespace Gyrus.Learning.Runs;

/// <summary>One fold of a cross-validation.</summary>
/// <param name="Fold">Its number, from 0.</param>
/// <param name="Run">The run's folder.</param>
/// <param name="Epoch">The epoch that the fold behind it chose, or where folds are sources images of the sources trained on.</param>
/// <param name="Scans">The fold's images as the run, which was not trained on the fold, answers; not calibrated.</param>
/// <param name="Trust">Calibration, threshold and conformal limits, learnt on what the epoch was chosen on.</param>
/// <param name="Leaked">SHA-256 of those of them that the run was trained on after all, or on copies of: the manifest's
/// groups or the bytes tell of them in other folds.</param>
public sealed record FoldScores(
    int Fold,
    string Run,
    int Epoch,
    IReadOnlyList<ScoredScan> Scans,
    TrustSettings Trust,
    IReadOnlySet<string> Leaked)
{
    /// <summary>Where folds are sources, the answers to the images that the epoch was chosen on, which are of the sources that the run was trained on; empty
    /// where they are not. Not calibrated.</summary>
    public IReadOnlyList<ScoredScan> Within { get; init; } = [];

    /// <summary>Share of the images with the right label, 0 to 1.</summary>
    public double Accuracy => Scans.Count == 0 ? 0 : (double)Scans.Count(scan => scan.Answer() == scan.Truth) / Scans.Count;
}

/// <summary>Trains one recipe over the folds of a data set, so that every image is answered by a run that has not seen
/// it.</summary>
public static class FoldStudy
{
    /// <summary>
    /// For each fold, trains on the others but the next, chooses the epoch on the next, and scores the fold itself. Where folds are sources, trains on
    /// all others, and chooses the epoch on a share of each of them that is kept from training. A fold that was trained to its end is not trained again, and one that was cut off goes on.
    /// </summary>
    /// <param name="plan">What to train; its manifest's rows have folds, and its parts are not looked at.</param>
    /// <param name="folder">Holds a run's folder for each fold: <c>fold-0</c> and so on.</param>
    /// <param name="trustOptions">What is wanted of calibration, threshold and sets.</param>
    /// <param name="featureFolder">Where features are cached.</param>
    /// <param name="time">The clock.</param>
    /// <param name="observer">Told how it goes.</param>
    /// <param name="onFold">Told of each fold when it is scored.</param>
    /// <param name="cancellation">Stops the work; it can be taken up later.</param>
    /// <exception cref="GyrusException">A row has no fold, there are fewer than 3 folds, or the folder holds folds of
    /// another recipe or is written by another process.</exception>
    public static IReadOnlyList<FoldScores> Run(
        RunPlan plan,
        string folder,
        TrustOptions trustOptions,
        string featureFolder,
        TimeProvider time,
        RunObserver observer,
        Action<FoldScores>? onFold,
        CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(plan);
        int count = Count(plan);
        bool sources = FoldParts.AreSources(plan.Manifest);
        using var alone = OutputLock.TakeFolder(folder);
        var all = new List<FoldScores>();
        for (int fold = 0; fold < count; fold++)
        {
            var runFolder = RunFolder(folder, fold);
            var foldPlan = Train(plan, fold, runFolder, featureFolder, time, observer, cancellation);
            var run = TrainedRun.Open(runFolder, plan.Backbone, plan.Weights);
            var test = foldPlan.Manifest with
            {
                Rows = [.. foldPlan.Manifest.Rows.Where(row => row.Split == Split.Test)],
            };
            List<ScoredScan> scans =
                [.. run.Score(test, featureFolder, observer, cancellation).Select(scan => scan with { Fold = fold })];
            var chosenOn = run.ScoreSelection(foldPlan.Manifest, featureFolder, observer, cancellation);
            var known = KnownScans.WithCopies(plan.Manifest, run.Record.TrainingImages.ToHashSet());
            var scores = new FoldScores(
                fold,
                runFolder,
                run.Record.Best.Epoch,
                scans,
                chosenOn.Learn(trustOptions) ?? TrustSettings.None,
                scans.Select(scan => scan.Sha256).Where(known.Contains).ToHashSet())
            {
                Within = sources ? [.. chosenOn.Scans.Select(scan => scan with { Fold = fold })] : [],
            };
            onFold?.Invoke(scores);
            all.Add(scores);
        }
        return all;
    }

    /// <summary>Where a study keeps the run of a fold.</summary>
    /// <param name="folder">The study's folder.</param>
    /// <param name="fold">The fold.</param>
    public static string RunFolder(string folder, int fold) => Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"fold-{fold}"));

    /// <summary>Trains one fold, as <see cref="Run"/> does; one that was trained to its end is not trained again, and one that was cut off goes on.</summary>
    /// <param name="plan">What to train; its manifest's rows have folds, and its parts are not looked at.</param>
    /// <param name="fold">Which fold is kept for the test, from 0.</param>
    /// <param name="runFolder">The run's folder.</param>
    /// <param name="featureFolder">Where features are cached.</param>
    /// <param name="time">The clock.</param>
    /// <param name="observer">Told how it goes.</param>
    /// <param name="cancellation">Stops the work; it can be taken up later.</param>
    /// <returns>The plan of this fold.</returns>
    /// <exception cref="GyrusException">As of <see cref="Run"/>.</exception>
    public static RunPlan Train(
        RunPlan plan, int fold, string runFolder, string featureFolder, TimeProvider time, RunObserver observer, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(observer);
        int count = Count(plan);
        var foldPlan = FoldParts.WithoutMissingMasks(
            plan with { Manifest = FoldParts.AreSources(plan.Manifest) ? FoldParts.OfSources(plan.Manifest, fold) : FoldParts.Of(plan.Manifest, fold, count) });
        if (foldPlan.FineTune != plan.FineTune || foldPlan.Training != plan.Training)
            observer.OnNote?.Invoke($"fold {fold}: no lesion is outlined in what it trains on, so that none is pasted, and evidence is not taught by masks");
        if (!IsDone(runFolder, foldPlan.Recipe)) TrainingRun.Train(foldPlan, runFolder, resume: true, featureFolder, time, observer, cancellation);
        return foldPlan;
    }

    /// <summary>How many folds a plan has.</summary>
    /// <param name="plan">The plan.</param>
    /// <exception cref="GyrusException">A row has no fold, or there are fewer than 3 folds, of sources 2.</exception>
    public static int Count(RunPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        // The epoch of a fold is chosen on another, but for sources.
        int least = FoldParts.AreSources(plan.Manifest) ? 2 : 3;
        if (plan.Manifest.Rows.FirstOrDefault(row => row.Fold is null) is { } without)
        {
            throw new GyrusException(
                $"{plan.ManifestPath}: {without.Path} is in no fold. Split the data set into folds first.");
        }
        int count = plan.Manifest.Rows.Select(row => row.Fold).Distinct().Count();
        int last = plan.Manifest.Rows.Max(row => row.Fold) ?? 0;
        return count >= least && last == count - 1
            ? count
            : throw new GyrusException(
                $"{plan.ManifestPath}: {count} folds, the last of number {last}; {least} or more are wanted, counted from 0.");
    }

    private static bool IsDone(string folder, RunRecipe recipe)
    {
        if (!File.Exists(Path.Combine(folder, RunRecord.FileName))) return false;
        if (RunRecord.Load(folder).Recipe.ToJson() == recipe.ToJson()) return true;
        throw new GyrusException(
            $"{folder}: holds a fold of another recipe, data set or split. Name another folder, or delete this "
            + "one.");
    }
}
