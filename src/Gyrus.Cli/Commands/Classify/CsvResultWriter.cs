using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;
using Gyrus.Imaging.Labels;
using Gyrus.Inference;

namespace Gyrus.Cli.Commands.Classify;

/// <summary>A row a file: path, label, tumour, modality, the labels, error, verdict, type, set, accepted,
/// reason; what does not apply is empty, and the labels of a set are parted by spaces.</summary>
internal sealed class CsvResultWriter : ResultWriter
{
    private readonly LabelSet _labels;

    // A file's name may begin as a formula, which a spreadsheet would run.
    private static readonly CsvConfiguration Configuration = new(CultureInfo.InvariantCulture)
    {
        NewLine = "\n",
        InjectionOptions = InjectionOptions.Escape,
    };

    public CsvResultWriter(Stream output, LabelSet labels)
        : base(output)
    {
        _labels = labels;
        WriteText(Row(["path", "label", "tumour", "modality", .. labels.Names, "error", "verdict", "type", "set", "accepted", "reason"]));
    }

    public override void Write(ScanResult result) => WriteText(Row(result.Probabilities is { } probabilities
        ?
        [
            result.Path,
            result.Label!.Name,
            result.Tumour is { } tumour ? AnswerJson.SixDecimals(tumour) : "",
            AnswerJson.ModalityName(result) ?? "",
            .. probabilities.Select(value => AnswerJson.SixDecimals(value)),
            "",
            AnswerJson.Verdict(result) ?? "",
            result.Type?.Name ?? "",
            string.Join(' ', result.Set?.Select(label => label.Name) ?? []),
            result.Accepted ? "true" : "false",
            result.Reason ?? "",
        ]
        : [result.Path, "", "", "", .. _labels.All.Select(_ => ""), result.Error!, "", "", "", "false", ""]));

    private static string Row(IEnumerable<string> fields)
    {
        using var text = new StringWriter();
        using (var csv = new CsvWriter(text, Configuration))
        {
            foreach (var field in fields) csv.WriteField(field);
            csv.NextRecord();
        }
        return text.ToString();
    }
}
