using System.Text;

namespace Gyrus.Cli.Commands.Classify;

/// <summary>A list of paths, as <c>find</c> or <c>find -print0</c> writes it.</summary>
internal static class PathList
{
    private const int ChunkSize = 4096;

    /// <summary>
    /// Reads paths as they come in, in UTF-8, one a line, or each ended by a zero byte: the first of the two that is met
    /// is the separator. Empty lines are skipped.
    /// </summary>
    public static IEnumerable<string> Read(Stream stream)
    {
        var chunk = new byte[ChunkSize];
        List<byte> path = [];
        byte? separator = null;
        int read;
        while ((read = stream.Read(chunk)) > 0)
        {
            for (int i = 0; i < read; i++)
            {
                if (separator is null && chunk[i] is 0 or (byte)'\n') separator = chunk[i];
                if (chunk[i] != separator)
                {
                    path.Add(chunk[i]);
                    continue;
                }
                if (Text(path, separator) is { Length: > 0 } text) yield return text;
                path.Clear();
            }
        }
        if (Text(path, separator) is { Length: > 0 } last) yield return last;
    }

    private static string Text(List<byte> path, byte? separator)
    {
        var text = Encoding.UTF8.GetString([.. path]);
        return separator == 0 ? text : text.TrimEnd('\r');
    }
}
