using System.Globalization;
using Gyrus.Inference;

namespace Gyrus.Cli.Commands.Classify;

/// <summary>A table for people. Paths come last: they are of any length, and rows go out before the last is
/// known.</summary>
internal sealed class ResultTable : ResultWriter
{
    private readonly bool _colours;

    public ResultTable(Stream output, bool colours)
        : base(output)
    {
        _colours = colours;
        WriteText(Row("verdict", "", "tumour", "modality", "label", "file") + "\n");
    }

    public override void Write(ScanResult result) => WriteText(Line(result) + "\n");

    private string Line(ScanResult result)
    {
        if (result.Label is not { } label) return Row("unreadable", VerdictCell.Yellow, "", "", "", result.Error!);
        if (!result.Accepted) return Row("refused", VerdictCell.Yellow, "", "", "", $"{result.Path}  ({result.Reason})");
        return Row(
            result.IsTumour switch { true => "tumour", false => "no tumour", null => "" },
            result.IsTumour == true ? VerdictCell.Red : VerdictCell.None,
            result.Tumour is { } tumour ? string.Create(CultureInfo.InvariantCulture, $"{100 * tumour:0.0} %") : "",
            AnswerJson.ModalityName(result)?.ToUpperInvariant() ?? "",
            label.Name,
            result.Path + (IsSynthetic(result.Path) ? "  (synthetic image)" : ""));
    }

    private string Row(string verdict, string colour, string tumour, string modality, string label, string file)
    {
        var word = VerdictCell.Of(verdict, 10, colour, _colours);
        return $"{word}  {tumour,7}  {modality,-8}  {label,-14}  {VerdictCell.Printable(file)}";
    }

    /// <summary>Samples that a program made say so in their names.</summary>
    private static bool IsSynthetic(string path) =>
        Path.GetFileName(path).Contains("synthetic", StringComparison.OrdinalIgnoreCase);
}
