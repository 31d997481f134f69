using System.Globalization;
using Gyrus.Inference.Studies;

namespace Gyrus.Cli.Commands.Classify;

/// <summary>A table for people: a study, and below it its series.</summary>
internal sealed class StudyTable : StudyWriter
{
    // More would hide the next series; JSON has all.
    private const int MostNamed = 3;

    private readonly AnswerLevel _level;
    private readonly bool _colours;

    public StudyTable(Stream output, AnswerLevel level, bool colours)
        : base(output)
    {
        (_level, _colours) = (level, colours);
        WriteText(Row("verdict", "", null, "modality", "sequence", "plane", "slices", "series", "tumour") + "\n");
    }

    public override void Write(StudyAnswer study)
    {
        if (_level == AnswerLevel.Study)
        {
            WriteText(Row(
                Verdict(study.Accepted, study.IsTumour), Colour(study.Accepted, study.IsTumour), study.Accepted ? study.Tumour : null, "", "", "", "",
                $"study of {study.Path}" + (study.Reason is { } reason ? $"  ({reason})" : "")) + "\n");
        }
        foreach (var series in study.Series) WriteText(Line(series) + "\n");
    }

    private string Line(SeriesAnswer series)
    {
        var stack = series.Stack;
        var name = stack.Description.Length > 0 ? stack.Description : stack.SeriesUid;
        var carrying = series.Carrying.Take(MostNamed).Select(slice => Path.GetFileName(slice.Slice.Name));
        var said = series.Reason ?? (series.IsTumour == true ? $"most on {string.Join(", ", carrying)}" : "");
        return Row(
            (_level == AnswerLevel.Study ? "  " : "") + (stack.LeftOut is null ? Verdict(series.Accepted, series.IsTumour) : "left out"), Colour(series.Accepted, series.IsTumour),
            series.Accepted ? series.Tumour : null, stack.Modality, stack.Sequence.Length > 0 ? stack.Sequence : series.Sequence, stack.Plane,
            stack.Slices.Count.ToString(CultureInfo.InvariantCulture), name + (said.Length > 0 ? $"  ({said})" : ""));
    }

    private static string Verdict(bool accepted, bool? isTumour) => !accepted ? "refused" : isTumour == true ? "tumour" : "no tumour";

    private static string Colour(bool accepted, bool? isTumour) => !accepted ? VerdictCell.Yellow : isTumour == true ? VerdictCell.Red : VerdictCell.None;

    private string Row(string verdict, string colour, double? tumour, string modality, string sequence, string plane, string slices, string series, string heading = "")
    {
        var word = VerdictCell.Of(verdict, 11, colour, _colours);
        var probability = tumour is { } known ? string.Create(CultureInfo.InvariantCulture, $"{100 * known:0.0} %") : heading;
        return $"{word}  {probability,7}  {modality,-8}  {sequence,-8}  {plane,-8}  {slices,6}  {VerdictCell.Printable(series)}";
    }
}
