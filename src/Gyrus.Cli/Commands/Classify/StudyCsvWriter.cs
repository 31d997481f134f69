using System.Globalization;
using Gyrus.Inference;
using Gyrus.Inference.Studies;

namespace Gyrus.Cli.Commands.Classify;

/// <summary>A row a study or a series; what does not apply is empty.</summary>
internal sealed class StudyCsvWriter : StudyWriter
{
    private readonly AnswerLevel _level;

    public StudyCsvWriter(Stream output, AnswerLevel level)
        : base(output)
    {
        _level = level;
        WriteText(CsvRow.Of(level == AnswerLevel.Study
            ? ["path", "study", "series", "tumour", "verdict", "accepted", "reason"]
            : ["path", "study", "series", "description", "modality", "sequence", "plane", "slices", "counted", "tumour", "verdict", "type", "accepted", "reason", "carrying"]));
    }

    public override void Write(StudyAnswer study)
    {
        if (_level == AnswerLevel.Study)
        {
            WriteText(CsvRow.Of([study.Path, study.Uid, Whole(study.Series.Count), Tumour(study.Tumour), StudyJson.Verdict(study.IsTumour) ?? "", Word(study.Accepted), study.Reason ?? ""]));
            return;
        }
        foreach (var series in study.Series)
        {
            var stack = series.Stack;
            WriteText(CsvRow.Of(
            [
                stack.Path, stack.StudyUid, stack.SeriesUid, stack.Description, stack.Modality.ToLowerInvariant(), stack.Sequence, stack.Plane, Whole(stack.Slices.Count),
                Whole(series.Slices.Count(slice => slice.Counts)), Tumour(series.Tumour), StudyJson.Verdict(series.IsTumour) ?? "", series.Type?.Name ?? "", Word(series.Accepted),
                series.Reason ?? "", string.Join(' ', series.Carrying.Select(slice => slice.Slice.Name)),
            ]));
        }
    }

    private static string Tumour(double? probability) => probability is { } known ? AnswerJson.SixDecimals(known) : "";

    private static string Whole(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Word(bool accepted) => accepted ? "true" : "false";
}
