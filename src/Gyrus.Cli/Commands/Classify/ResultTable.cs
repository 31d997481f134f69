using System.Globalization;
using Gyrus.Inference;

namespace Gyrus.Cli.Commands.Classify;

/// <summary>A table for people. Paths come last: they are of any length, and rows go out before the last is
/// known.</summary>
internal sealed class ResultTable : ResultWriter
{
    private const string Red = "\e[31m";
    private const string Yellow = "\e[33m";
    private const string Plain = "\e[0m";

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
        if (result.Label is not { } label) return Row("unreadable", Yellow, "", "", "", result.Error!);
        if (!result.Accepted) return Row("refused", Yellow, "", "", "", $"{result.Path}  ({result.Reason})");
        return Row(
            result.IsTumour switch { true => "tumour", false => "no tumour", null => "" },
            // None for "no tumour": a colour would reassure, and the model may have missed one.
            result.IsTumour == true ? Red : "",
            result.Tumour is { } tumour ? string.Create(CultureInfo.InvariantCulture, $"{100 * tumour:0.0} %") : "",
            AnswerJson.ModalityName(result)?.ToUpperInvariant() ?? "",
            label.Name,
            result.Path + (IsSynthetic(result.Path) ? "  (synthetic image)" : ""));
    }

    private string Row(string verdict, string colour, string tumour, string modality, string label, string file)
    {
        var word = $"{verdict,-10}";
        if (_colours && colour.Length > 0) word = colour + word + Plain;
        return $"{word}  {tumour,7}  {modality,-8}  {label,-14}  {Printable(file)}";
    }

    /// <summary>Samples that a program made say so in their names.</summary>
    private static bool IsSynthetic(string path) =>
        Path.GetFileName(path).Contains("synthetic", StringComparison.OrdinalIgnoreCase);

    /// <summary>A file's name may hold control characters, which a terminal would obey.</summary>
    private static string Printable(string text) =>
        string.Concat(text.Select(character => char.IsControl(character) ? '?' : character));
}
