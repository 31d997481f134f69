using Gyrus.Learning.Runs;

namespace Gyrus.Learning.Comparison;

/// <summary>A run of a folder of runs.</summary>
/// <param name="Folder">Its folder, as seen from the one that was searched, with forward slashes.</param>
/// <param name="Record">What was trained and what it gave; null where that cannot be read.</param>
/// <param name="Fault">Why it cannot be read; else empty.</param>
public sealed record ListedRun(string Folder, RunRecord? Record, string Fault);

/// <summary>Finds the runs below a folder.</summary>
public static class RunList
{
    private const int Depth = 4;

    /// <summary>The runs that have ended, at most four folders below, the newest first; those that cannot be read at the end.</summary>
    /// <param name="folder">The folder.</param>
    /// <exception cref="GyrusException">There is no such folder.</exception>
    public static IReadOnlyList<ListedRun> Of(string folder)
    {
        if (!Directory.Exists(folder)) throw new GyrusException($"{folder}: there is no such folder. Name the one that the runs are in.");
        var options = new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = Depth, IgnoreInaccessible = true };
        var runs = Directory.EnumerateFiles(folder, RunRecord.FileName, options).Select(file => Path.GetDirectoryName(file)!).Select(run =>
        {
            var name = Path.GetRelativePath(folder, run).Replace('\\', '/');
            try
            {
                return new ListedRun(name, RunRecord.Load(run), "");
            }
            catch (GyrusException e)
            {
                return new ListedRun(name, null, e.Message);
            }
        });
        return [.. runs.OrderByDescending(run => run.Record?.TrainedAt ?? DateTimeOffset.MinValue).ThenBy(run => run.Folder, StringComparer.Ordinal)];
    }
}
