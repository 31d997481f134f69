using System.Globalization;
using System.Text.RegularExpressions;

namespace Gyrus.Inference.Studies;

/// <summary>Files that lie in a folder under their numbers: their names, which often hold a patient's, are in memory alone and go into the answer.</summary>
/// <param name="Folder">Where they are.</param>
/// <param name="Names">Their names, in order.</param>
public sealed partial record NumberedFiles(string Folder, IReadOnlyList<string> Names)
{
    /// <summary>The files.</summary>
    public IReadOnlyList<string> Paths => [.. Names.Select((_, file) => PathOf(Folder, file))];

    /// <summary>Where a file is.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="file">Its number, from 0.</param>
    public static string PathOf(string folder, int file) => Path.Combine(folder, file.ToString("D6", CultureInfo.InvariantCulture));

    /// <summary>A file's number, from 0.</summary>
    /// <param name="path">The file.</param>
    public static int Number(string path) => int.Parse(Path.GetFileName(path), CultureInfo.InvariantCulture);

    /// <summary>A sentence with files under their names.</summary>
    /// <param name="text">The sentence.</param>
    public string Words(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return NumberedFile().Replace(text.Replace(Folder + Path.DirectorySeparatorChar, "\0", StringComparison.Ordinal), found => Names[Number(found.Groups[1].Value)]);
    }

    /// <summary>A series with files under their names.</summary>
    /// <param name="stack">The series.</param>
    public SliceSeries Named(SliceSeries stack)
    {
        ArgumentNullException.ThrowIfNull(stack);
        return stack with
        {
            Path = Words(stack.Path),
            StudyUid = Words(stack.StudyUid),
            SeriesUid = Words(stack.SeriesUid),
            // A volume's is its file's.
            Description = stack.Description == Path.GetFileName(stack.Path) ? Words(stack.Path) : stack.Description,
            Slices = [.. stack.Slices.Select(slice => slice with { Path = Words(slice.Path) })],
        };
    }

    [GeneratedRegex("\0([0-9]{6})")]
    private static partial Regex NumberedFile();
}
