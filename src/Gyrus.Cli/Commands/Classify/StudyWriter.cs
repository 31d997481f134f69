using System.Text;
using Gyrus.Cli.Terminal;
using Gyrus.Inference.Studies;

namespace Gyrus.Cli.Commands.Classify;

/// <summary>Writes the answers to studies one by one, each out at once.</summary>
internal abstract class StudyWriter(Stream output)
{
    /// <summary>Makes the writer of a format.</summary>
    /// <param name="format">The format.</param>
    /// <param name="level">What a row is of.</param>
    /// <param name="output">Takes the bytes.</param>
    /// <param name="colours">Whether the output is a terminal that shows colours.</param>
    public static StudyWriter For(OutputFormat format, AnswerLevel level, Stream output, bool colours) => format switch
    {
        OutputFormat.Json => new StudyJsonWriter(output, level),
        OutputFormat.Csv => new StudyCsvWriter(output, level),
        _ => new StudyTable(output, level, colours),
    };

    /// <summary>Writes the answer to one study.</summary>
    /// <exception cref="IOException">The output is closed.</exception>
    public abstract void Write(StudyAnswer study);

    /// <summary>Writes text as it is, out at once.</summary>
    protected void WriteText(string text)
    {
        output.Write(Encoding.UTF8.GetBytes(text));
        output.Flush();
    }
}
