using System.Text;
using Gyrus.Cli.Terminal;
using Gyrus.Imaging.Labels;
using Gyrus.Inference;

namespace Gyrus.Cli.Commands.Classify;

/// <summary>Writes results one by one, each out at once.</summary>
internal abstract class ResultWriter(Stream output)
{
    /// <summary>Makes the writer of a format.</summary>
    /// <param name="format">The format.</param>
    /// <param name="labels">The model's labels.</param>
    /// <param name="output">Takes the bytes.</param>
    /// <param name="colours">Whether the output is a terminal that shows colours.</param>
    public static ResultWriter For(OutputFormat format, LabelSet labels, Stream output, bool colours) => format switch
    {
        OutputFormat.Json => new JsonLinesWriter(output),
        OutputFormat.Csv => new CsvResultWriter(output, labels),
        _ => new ResultTable(output, colours),
    };

    /// <summary>Writes one result.</summary>
    /// <exception cref="IOException">The output is closed.</exception>
    public abstract void Write(ScanResult result);

    /// <summary>Writes text as it is, out at once.</summary>
    protected void WriteText(string text)
    {
        output.Write(Encoding.UTF8.GetBytes(text));
        output.Flush();
    }
}
