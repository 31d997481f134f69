using Gyrus.Learning.Runs;

namespace Gyrus.Learning.Comparison;

/// <summary>A run that is set beside others.</summary>
/// <param name="Name">What tables and plots call it: its folder's name, or the folder as given where two have that name.</param>
/// <param name="Folder">Its folder, as given.</param>
/// <param name="Record">What was trained and what it gave.</param>
public sealed record ComparedRun(string Name, string Folder, RunRecord Record)
{
    /// <summary>Opens runs that have ended.</summary>
    /// <param name="folders">Their folders, two at least.</param>
    /// <exception cref="GyrusException">There are too few, one is there twice, or one holds no ended run.</exception>
    public static IReadOnlyList<ComparedRun> Open(IReadOnlyList<string> folders)
    {
        ArgumentNullException.ThrowIfNull(folders);
        if (folders.Count < 2) throw new GyrusException("One run has nothing to be set beside. Name two at least.");
        string[] full = [.. folders.Select(folder => Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)))];
        var twice = full.GroupBy(path => path).FirstOrDefault(same => same.Count() > 1);
        if (twice is not null) throw new GyrusException($"{twice.Key}: this run is there twice. Name it once.");
        string[] names = [.. full.Select(path => Path.GetFileName(path))];
        return [.. folders.Select((folder, i) => new ComparedRun(
            names.Count(name => name == names[i]) == 1 ? names[i] : folder, folder, RunRecord.Load(folder)))];
    }
}
