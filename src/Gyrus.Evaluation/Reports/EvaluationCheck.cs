using System.Globalization;
using Gyrus.Evaluation.Figures;
using Gyrus.Evaluation.Statistics;
using Gyrus.Imaging.Labels;

namespace Gyrus.Evaluation.Reports;

/// <summary>The ranges of all that an evaluation's file holds, so that a card never shows what no evaluation gives.</summary>
internal static class EvaluationCheck
{
    /// <summary>Checks a report.</summary>
    /// <param name="path">Its file, as messages name it.</param>
    /// <param name="report">The report.</param>
    /// <exception cref="GyrusException">A member is out of its range.</exception>
    public static void Run(string path, EvaluationReport report)
    {
        var members = new MemberCheck(path, "Evaluate again.");
        members.Range("count", report.Count, 1, int.MaxValue);
        members.Range("distinct", report.Distinct, 1, report.Count);
        members.Range("leaked.count", report.Leaked.Count, 0, report.Count);
        Texts(members, "leaked.paths", report.Leaked.Paths);
        Texts(members, "notes", report.Notes ?? []);
        Settings(members, report.Settings, report.Count);
        Figures(members, "overall", report.Overall, OverallFigures.All);
        Figures(members, "tumour", report.Tumour, BinaryFigures.All);
        if (report.Selective is { } selective) Figures(members, "selective", selective, SelectiveFigures.All);
        if (report.Lesions is { } lesions) Figures(members, "lesions", lesions, LesionFigures.All);
        if (report.Positive is { } positive)
        {
            members.Named("positive.label", positive.Label);
            Figures(members, "positive.figures", positive.Figures, BinaryFigures.All);
        }
        Labels(members, report);
        if (report.AcrossSources is { } sources)
        {
            Source(members, "acrossSources.all", sources.All);
            for (int i = 0; i < sources.Sources.Count; i++) Source(members, Element("acrossSources.sources", i), sources.Sources[i]);
        }
        if (report.Trust is { } trust) Trust(members, trust);
        if (report.Studies is { } studies)
        {
            Pooled(members, "studies.series", studies.Series);
            Pooled(members, "studies.study", studies.Study);
            Pooled(members, "studies.largestSlice", studies.LargestSlice);
        }
        for (int i = 0; i < (report.By?.Count ?? 0); i++) Column(members, Element("by", i), report.By![i]);
    }

    private static void Settings(MemberCheck members, EvaluationSettings settings, int scans)
    {
        members.Share("settings.tumourThreshold", settings.TumourThreshold);
        members.Range("settings.calibrationBins", settings.CalibrationBins, 1, int.MaxValue);
        members.Range("settings.resamples", settings.Resamples, 1, int.MaxValue);
        members.Share("settings.level", settings.Level);
        members.Range("settings.groups", settings.Groups, 1, scans);
        members.Share("settings.atSpecificity", settings.AtSpecificity);
        members.Share("settings.atSensitivity", settings.AtSensitivity);
    }

    private static void Labels(MemberCheck members, EvaluationReport report)
    {
        int count = report.Labels.Count;
        members.Range("labels", count, LabelSet.Fewest, LabelSet.Most);
        members.Require(report.Confusion.Count == count, "confusion", Long(report.Confusion.Count), Wanted(count));
        for (int i = 0; i < count; i++)
        {
            var (at, label) = (Element("labels", i), report.Labels[i]);
            members.Require(label is not null, at, "null", "it holds a label's figures");
            members.Named(at + ".label", label!.Label);
            members.Range(at + ".count", label.Count, 0, report.Count);
            Figures(members, at, label.Figures, LabelFigures.All);
            var (row, cells) = (Element("confusion", i), report.Confusion[i]);
            members.Require(cells?.Count == count, row, cells is null ? "null" : Long(cells.Count), Wanted(count));
            for (int column = 0; column < count; column++) members.Range(Element(row, column), cells![column], 0, report.Count);
        }
    }

    private static void Trust(MemberCheck members, TrustReport trust)
    {
        members.Range("trust.images", trust.Images, 1, int.MaxValue);
        members.Share("trust.calibrationErrorBefore", trust.CalibrationErrorBefore);
        members.Share("trust.calibrationErrorAfter", trust.CalibrationErrorAfter);
        members.Share("trust.sensitivity", trust.Sensitivity);
        members.Share("trust.specificity", trust.Specificity);
        members.Share("trust.sensitivityAtSpecificity", trust.SensitivityAtSpecificity);
        members.Share("trust.coverage", trust.Coverage);
        members.Range("trust.setSize", trust.SetSize, 0, LabelSet.Most);
        members.Share("trust.emptySets", trust.EmptySets);
        members.Share("trust.threshold", trust.Threshold);
        Texts(members, "trust.notes", trust.Notes ?? []);
        for (int i = 0; i < trust.Labels.Count; i++)
        {
            var (at, label) = (Element("trust.labels", i), trust.Labels[i]);
            members.Require(label is not null, at, "null", "it holds a label's coverage");
            members.Named(at + ".label", label!.Label);
            members.Count(at + ".images", label.Images);
            members.Share(at + ".coverage", label.Coverage);
        }
    }

    private static void Pooled(MemberCheck members, string at, PooledFigures pooled)
    {
        members.Require(pooled is not null, at, "null", "it holds figures");
        members.Count(at + ".tumours", pooled!.Tumours);
        members.Count(at + ".healthy", pooled.Healthy);
        Figure(members, at + ".sensitivity", pooled.Sensitivity, 1);
        Figure(members, at + ".specificity", pooled.Specificity, 1);
        members.Share(at + ".auroc", pooled.Auroc);
        members.Share(at + ".calibrationError", pooled.CalibrationError);
    }

    private static void Source(MemberCheck members, string at, SourceDifference source)
    {
        members.Require(source is not null, at, "null", "it holds a source's figures");
        members.Range(at + ".within", source!.Within, 1, int.MaxValue);
        members.Range(at + ".across", source.Across, 1, int.MaxValue);
        for (int i = 0; i < source.Figures.Count; i++)
        {
            var (one, figure) = (Element(at + ".figures", i), source.Figures[i]);
            members.Require(figure is not null, one, "null", "it holds a figure");
            members.Named(one + ".name", figure!.Name);
            Figure(members, one + ".within", figure.Within, 1);
            Figure(members, one + ".across", figure.Across, 1);
            foreach (var (end, value) in ((string, double?)[])[("value", figure.Inflation.Value), ("low", figure.Inflation.Low), ("high", figure.Inflation.High)])
                members.Range($"{one}.inflation.{end}", value, -1, 1);
        }
    }

    private static void Column(MemberCheck members, string at, ColumnFigures column)
    {
        members.Require(column is not null, at, "null", "it holds a column's figures");
        members.Named(at + ".column", column!.Column);
        for (int i = 0; i < column.Values.Count; i++)
        {
            var (one, value) = (Element(at + ".values", i), column.Values[i]);
            members.Require(value is not null, one, "null", "it holds a value's figures");
            members.Range(one + ".count", value!.Count, 1, int.MaxValue);
            foreach (var definition in ColumnFigures.Definitions)
                Figure(members, $"{one}.{definition.ColumnName}", value.Figures[definition.ColumnName!], definition.Most);
        }
    }

    private static void Figures(MemberCheck members, string at, FigureSet figures, IEnumerable<FigureDefinition> definitions)
    {
        foreach (var definition in definitions) Figure(members, $"{at}.{definition.Name}", figures[definition], definition.Most);
    }

    private static void Figure(MemberCheck members, string member, Figure figure, double most)
    {
        members.Range(member + ".value", figure.Value, 0, most);
        members.Range(member + ".low", figure.Low, 0, most);
        members.Range(member + ".high", figure.High, 0, most);
    }

    private static void Texts(MemberCheck members, string member, IReadOnlyList<string> texts)
    {
        for (int i = 0; i < texts.Count; i++) members.Named(Element(member, i), texts[i]);
    }

    private static string Element(string list, int index) => string.Create(CultureInfo.InvariantCulture, $"{list}[{index}]");

    private static string Long(int count) => string.Create(CultureInfo.InvariantCulture, $"a list of {count}");

    private static string Wanted(int count) => string.Create(CultureInfo.InvariantCulture, $"it has one for each of {count} labels");
}
