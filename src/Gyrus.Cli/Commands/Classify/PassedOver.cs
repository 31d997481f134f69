namespace Gyrus.Cli.Commands.Classify;

/// <summary>Files of folders that were passed over, since they are no images by their names: so that a folder of another format is
/// not taken for an empty one.</summary>
internal sealed class PassedOver
{
    private const int MostKinds = 6;

    // Texts and programs hold no scan, and lie beside scans in most folders.
    private static readonly HashSet<string> NeverScans = new(StringComparer.OrdinalIgnoreCase)
    {
        ".txt", ".md", ".csv", ".tsv", ".json", ".jsonl", ".xml", ".html", ".yaml", ".yml", ".log", ".py", ".ipynb", ".cs", ".csproj",
    };

    private readonly Dictionary<string, int> _counts = new(StringComparer.OrdinalIgnoreCase);
    private readonly Lock _counting = new();

    /// <summary>Whether a file's name says that it is a text or a program.</summary>
    public static bool NeverHoldsScans(string name) => NeverScans.Contains(Path.GetExtension(name));

    /// <summary>Counts a file, unless its name says that it is a text or a program.</summary>
    public void Add(string name)
    {
        if (NeverHoldsScans(name)) return;
        var kind = Path.GetExtension(name) is { Length: > 1 } extension ? extension.ToLowerInvariant() : "without an extension";
        lock (_counting) _counts[kind] = _counts.GetValueOrDefault(kind) + 1;
    }

    /// <summary>What is to be said of them, the most frequent kind first; null where there was none.</summary>
    public string? Summary()
    {
        lock (_counting)
        {
            if (_counts.Count == 0) return null;
            var kinds = _counts.OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal).ToList();
            var named = kinds.Take(MostKinds).Select(pair => $"{pair.Value} {pair.Key}");
            int others = kinds.Skip(MostKinds).Sum(pair => pair.Value);
            return $"passed over, being no images by their names: {string.Join(", ", named)}"
                + (others > 0 ? $", {others} others" : "") + ". Name a file itself to have it looked at by its content.";
        }
    }
}
