using System.Text.Json;
using Gyrus.Learning.Runs;
using Gyrus.Learning.Training;

namespace Gyrus.Learning.Tuning;

/// <summary>What <c>tuning.json</c> holds.</summary>
/// <param name="Recipe">All that the settings have in common, and the data.</param>
/// <param name="Grid">The settings.</param>
/// <param name="Seconds">Time taken by the results together, features not counted, over all calls.</param>
/// <param name="Results">What each gave, the best first.</param>
public sealed record TuningRecord(
    RunRecipe Recipe, TuningGrid Grid, double Seconds, IReadOnlyList<TuningResult> Results);

/// <summary>Tunes a head on a data set and keeps each result in a folder as it comes.</summary>
public static class TuningStudy
{
    private const string FileName = "tuning.json";

    /// <summary>Computes what features are missing, trains what settings are missing, ranks all.</summary>
    /// <param name="plan">Data, backbone and recipe; what the grid varies in it is not used.</param>
    /// <param name="grid">The settings.</param>
    /// <param name="folder">Takes <c>tuning.json</c>, <c>tuning.csv</c> and the curves. Results of the same recipe in
    /// it are not computed again.</param>
    /// <param name="featureFolder">Where features are cached.</param>
    /// <param name="time">The clock.</param>
    /// <param name="observer">Told how it goes.</param>
    /// <param name="cancellation">Stops the work; results so far are kept.</param>
    /// <exception cref="GyrusException">The folder holds a study of another recipe or is written by another process, or an option
    /// is out of range.</exception>
    public static TuningRecord Run(
        RunPlan plan,
        TuningGrid grid,
        string folder,
        string featureFolder,
        TimeProvider time,
        RunObserver observer,
        CancellationToken cancellation)
    {
        using var alone = OutputLock.TakeFolder(folder);
        var path = Path.Combine(folder, FileName);
        var before = Load(path, plan.Recipe);
        using var data = TuningData.Open(plan, featureFolder, observer, cancellation);

        var results = before?.Results.ToList() ?? [];
        long start = time.GetTimestamp();
        TuningRecord Record(IReadOnlyList<TuningResult> all) => new(
            plan.Recipe, grid, (before?.Seconds ?? 0) + time.GetElapsedTime(start).TotalSeconds, all);

        var ranked = HeadTuning.Run(
            data.Train,
            data.Val,
            plan.Backbone.FeatureCount,
            grid,
            plan.Head,
            plan.Training,
            [.. results],
            result =>
            {
                results.Add(result);
                Save(path, Record(results));
            },
            observer.Progress,
            cancellation);
        var record = Record(ranked);
        Save(path, record);
        TuningFiles.Write(folder, record);
        return record;
    }

    /// <summary>Keeps what was computed elsewhere, as <see cref="Run"/> would have kept it.</summary>
    /// <param name="plan">What it was computed with.</param>
    /// <param name="grid">The settings.</param>
    /// <param name="results">What each gave.</param>
    /// <param name="folder">Takes <c>tuning.json</c>, <c>tuning.csv</c> and the curves.</param>
    /// <exception cref="GyrusException">The folder holds a study of another recipe or is written by another process, or a setting has no result.</exception>
    public static TuningRecord Keep(RunPlan plan, TuningGrid grid, IReadOnlyCollection<TuningResult> results, string folder)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(grid);
        using var alone = OutputLock.TakeFolder(folder);
        var path = Path.Combine(folder, FileName);
        Load(path, plan.Recipe);
        if (grid.Points().Except(results.Select(result => result.Point)).FirstOrDefault() is { } missing)
            throw new GyrusException($"{folder}: there is no result of {missing}. Let it be computed again.");
        var record = new TuningRecord(plan.Recipe, grid, results.Sum(result => result.History.Sum(epoch => epoch.Seconds)), HeadTuning.Ranked(results, plan.Training.Metric));
        Save(path, record);
        TuningFiles.Write(folder, record);
        return record;
    }

    private static void Save(string path, TuningRecord record) =>
        AtomicFile.WriteText(path, JsonSerializer.Serialize(record, RunJson.Options) + "\n");

    internal static TuningRecord? Load(string path, RunRecipe recipe)
    {
        if (!File.Exists(path)) return null;
        TuningRecord record;
        try
        {
            record = JsonSerializer.Deserialize<TuningRecord>(File.ReadAllBytes(path), RunJson.Options) ?? throw new JsonException("it holds null");
        }
        catch (JsonException e)
        {
            throw new GyrusException($"{path}: damaged ({e.Message}). Remove it, or name another folder.", e);
        }
        TuningCheck.Run(path, record);
        if (record.Recipe.ToJson() == recipe.ToJson()) return record;
        throw new GyrusException($"{path}: a study of another recipe or other data is here. Name another folder.");
    }
}
