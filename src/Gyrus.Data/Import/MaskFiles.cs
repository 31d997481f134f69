using Gyrus.Data.Manifests;

namespace Gyrus.Data.Import;

/// <summary>The masks that a source names.</summary>
/// <param name="column">The place of the column that names them; -1 where there is none.</param>
/// <param name="there">Their absolute paths, as far as files are there.</param>
/// <param name="missing">The others.</param>
internal sealed class MaskFiles(int column, HashSet<string> there, IReadOnlyList<string> missing)
{
    /// <summary>Those that are named and not there, in ordinal order.</summary>
    public IReadOnlyList<string> Missing => missing;

    /// <summary>Looks for each mask once: several sequences of one slice share theirs.</summary>
    public static MaskFiles Of(FoundImages found)
    {
        int column = found.MoreColumns.ToList().IndexOf(KnownColumns.Mask);
        if (column < 0) return new MaskFiles(column, [], []);
        var named = found.Images.Select(image => image.More[column]).Where(path => path.Length > 0).ToHashSet(StringComparer.Ordinal);
        var there = named.Where(File.Exists).ToHashSet(StringComparer.Ordinal);
        return new MaskFiles(column, there, [.. named.Except(there).Order(StringComparer.Ordinal)]);
    }

    /// <summary>A row's values as a manifest in a folder writes them: the mask relative to it, and none where no file is there.</summary>
    public ManifestValues Placed(ManifestValues values, string folder) => column < 0 || values[column].Length == 0 ? values
        : values.With(column, there.Contains(values[column]) ? ManifestPaths.From(folder, values[column]) : "");
}
