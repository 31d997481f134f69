using System.Runtime.InteropServices;
using System.Text.Json;

namespace Gyrus.Cli.Commands.Classify;

/// <summary>
/// Answers in a file, as JSON lines, so that a long batch that was killed goes on where it was: the answers are in the
/// order of the inputs, and what is there already need not be computed again.
/// </summary>
internal sealed class AnswerFile : IDisposable
{
    private readonly string _path;
    private readonly List<string> _answered;

    private AnswerFile(string path, FileStream stream, List<string> answered) =>
        (_path, Stream, _answered) = (path, stream, answered);

    /// <summary>Takes the answers that are still missing.</summary>
    public FileStream Stream { get; }

    /// <summary>Makes the file, or takes it up; a line that a killed program left half written is cut off.</summary>
    /// <param name="path">The file.</param>
    /// <param name="resume">Whether to go on with a file that is there.</param>
    /// <exception cref="GyrusException">The file is there and is not to be gone on with, or holds no answers.</exception>
    public static AnswerFile Open(string path, bool resume)
    {
        if (File.Exists(path) && !resume)
        {
            throw new GyrusException(
                $"{path}: this file is there already. Go on with it with --resume, or name another file.");
        }
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        var stream = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
        try
        {
            var (answered, end) = ReadWholeLines(path, stream);
            stream.SetLength(end);
            stream.Position = end;
            return new AnswerFile(path, stream, answered);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>The inputs that have no answer yet.</summary>
    /// <exception cref="GyrusException">The answers are those of other inputs.</exception>
    public IEnumerable<string> Missing(IEnumerable<string> inputs)
    {
        int position = 0;
        foreach (var input in inputs)
        {
            if (position == _answered.Count)
            {
                yield return input;
                continue;
            }
            if (_answered[position] != input)
            {
                throw new GyrusException(
                    $"{_path}: answer {position + 1} is of {_answered[position]}, and the inputs have {input} there. Name "
                    + "the inputs that the file was begun with, or another file.");
            }
            position++;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Stream.Dispose();

    private static (List<string> Paths, long End) ReadWholeLines(string path, FileStream stream)
    {
        var paths = new List<string>();
        var line = new List<byte>();
        long end = 0;
        for (int next; (next = stream.ReadByte()) >= 0;)
        {
            if (next != '\n')
            {
                line.Add((byte)next);
                continue;
            }
            paths.Add(PathOf(path, CollectionsMarshal.AsSpan(line), paths.Count + 1));
            end += line.Count + 1;
            line.Clear();
        }
        return (paths, end);
    }

    private static string PathOf(string file, ReadOnlySpan<byte> line, int number)
    {
        try
        {
            var reader = new Utf8JsonReader(line);
            return JsonDocument.ParseValue(ref reader).RootElement.GetProperty("path").GetString()!;
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new GyrusException($"{file}, line {number}: no answer of gyrus classify. Name another file.", e);
        }
    }
}
