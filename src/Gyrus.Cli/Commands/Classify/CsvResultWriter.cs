using Gyrus.Imaging.Labels;
using Gyrus.Inference;

namespace Gyrus.Cli.Commands.Classify;

/// <summary>A row a file: path, label, tumour, modality, the labels, error, verdict, type, set, accepted,
/// reason; what does not apply is empty, and the labels of a set are parted by spaces.</summary>
internal sealed class CsvResultWriter : ResultWriter
{
    private readonly LabelSet _labels;

    public CsvResultWriter(Stream output, LabelSet labels)
        : base(output)
    {
        _labels = labels;
        WriteText(CsvRow.Of(["path", "label", "tumour", "modality", .. labels.Names, "error", "verdict", "type", "set", "accepted", "reason"]));
    }

    public override void Write(ScanResult result) => WriteText(CsvRow.Of(result.Probabilities is { } probabilities
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
}
