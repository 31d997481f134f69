using System.Runtime.InteropServices;
using System.Text.Json;
using Gyrus.Inference;

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
    /// <param name="recipe">What decides the answers (<see cref="AnswerRecipe"/>).</param>
    /// <exception cref="GyrusException">The file is there and is not to be gone on with, holds no answers or those of another
    /// recipe, or another process is writing into it.</exception>
    public static AnswerFile Open(string path, bool resume, string recipe)
    {
        if (File.Exists(path) && !resume)
        {
            throw new GyrusException(
                $"{path}: this file is there already. Go on with it with --resume, or name another file.");
        }
        var stream = OutputLock.OpenFile(path);
        try
        {
            var (answered, end) = ReadWholeLines(path, recipe, stream);
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
    /// <param name="inputs">The inputs.</param>
    /// <param name="name">An input's name, which its answer has as its path.</param>
    /// <exception cref="GyrusException">The answers are those of other inputs.</exception>
    public IEnumerable<T> Missing<T>(IEnumerable<T> inputs, Func<T, string> name)
    {
        int position = 0;
        foreach (var input in inputs)
        {
            if (position == _answered.Count)
            {
                yield return input;
                continue;
            }
            if (_answered[position] != name(input))
            {
                throw new GyrusException(
                    $"{_path}: answer {position + 1} is of {_answered[position]}, and the inputs have {name(input)} there. Name "
                    + "the inputs that the file was begun with, or another file.");
            }
            position++;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Stream.Dispose();

    private static (List<string> Paths, long End) ReadWholeLines(string path, string recipe, FileStream stream)
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
            paths.Add(PathOf(path, recipe, CollectionsMarshal.AsSpan(line), paths.Count + 1));
            end += line.Count + 1;
            line.Clear();
        }
        return (paths, end);
    }

    private static string PathOf(string file, string recipe, ReadOnlySpan<byte> line, int number)
    {
        try
        {
            var reader = new Utf8JsonReader(line);
            var answer = JsonDocument.ParseValue(ref reader).RootElement;
            var madeBy = answer.TryGetProperty(AnswerJson.RecipeField, out var value) ? value.GetString() : null;
            if (madeBy != recipe)
            {
                throw new GyrusException(
                    $"{file}, line {number}: this answer was made by {madeBy ?? "an older gyrus, which did not say how"}; the answers now "
                    + $"would be by {recipe}, and one file is not to hold both. Give the same model and options as before, or name "
                    + "another file.");
            }
            return answer.GetProperty("path").GetString()!;
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new GyrusException($"{file}, line {number}: no answer of gyrus classify. Name another file.", e);
        }
    }
}
