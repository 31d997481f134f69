using System.Globalization;
using Gyrus.Evaluation.Figures;
using Gyrus.Evaluation.Reports;
using Gyrus.Evaluation.Statistics;
using Gyrus.Learning.Export.Int8;
using Gyrus.Models;

namespace Gyrus.Learning.Runs;

/// <summary>What an evaluation and the words of an export put on a model card.</summary>
internal static class RunCard
{
    /// <summary>The facts for the card of a run.</summary>
    public static CardFacts Facts(TrainedRun run, ExportOptions options, Int8Agreement? int8) => Facts(
        options, $"{(run.FromScratch ? "From scratch" : "Pretrained")} {run.Backbone.Name}: {run.Record.WeightsSource}.", int8);

    /// <summary>The facts for a card.</summary>
    /// <param name="options">Names, words and the evaluation.</param>
    /// <param name="weightsOrigin">Where the pretrained weights come from, a sentence.</param>
    /// <param name="int8">What eight bits cost; null where the network is not computed so.</param>
    public static CardFacts Facts(ExportOptions options, string weightsOrigin, Int8Agreement? int8 = null)
    {
        var report = options.Evaluation;
        var sources = (options.Across ?? report)?.AcrossSources;
        List<string> notes = [];
        if (sources is not null)
        {
            notes.Add(
                "Figures across sources are of runs of this recipe that each left a source out and were judged on it; figures within are of the same runs on images "
                + "of the sources that they were trained on, kept from training. What a scan from elsewhere can expect is the former.");
        }
        if (int8 is not null)
        {
            notes.Add(string.Create(
                CultureInfo.InvariantCulture,
                $"The backbone is computed in eight bits. On {int8.Images} images of the validation part, it gives the "
                + $"label that the network in float32 gives on {100 * int8.Label:0.0} %; the probability of a tumour "
                + $"differs by {int8.MeanDifference:0.0000} on average and by {int8.LargestDifference:0.0000} at most. "
                + $"Figures of the run's own evaluation, where the table has them, are the network's in float32."));
        }
        if (report is not null)
        {
            notes.Add(string.Create(
                CultureInfo.InvariantCulture,
                $"Measured on {report.Count} images, of which {report.Distinct} are distinct; intervals by bootstrap over "
                + $"{Drawn(report)}, {report.Settings.Resamples} resamples."));
        }
        if (report?.IsLeaked == true)
        {
            notes.Add(
                $"**Leaked:** {report.Leaked.Count} of these images are among the training images, or copies of them; "
                + "the figures flatter.");
        }
        notes.AddRange(report?.Notes ?? []);
        notes.AddRange(report?.Trust?.Notes ?? []);
        notes.Add(report is not null && report.Settings.Groups < report.Count
            ? "Copies of a scan (turned, mirrored, encoded again) were found and kept on one side of the split. Neighbouring "
                + "slices of one head are no copies: where the data does not say whose they are, the figures flatter still."
            : "Near copies (rotated, mirrored, re-encoded) of training images were not looked for; where the data set has "
                + "them across its parts, the figures flatter.");
        return new CardFacts(
            options.Data, weightsOrigin, options.WeightsLicence, [.. sources is null ? [] : Sources(sources), .. report is null ? [] : Figures(report)], notes)
        {
            Trust = report?.Trust is { } trust ? Trust(trust) : [],
            By = [.. report?.By?.Select(By) ?? []],
            KnownFailures = options.KnownFailures,
            Licence = options.Licence,
        };
    }

    /// <summary>The figures for programs, those across sources first; null where nothing was measured.</summary>
    /// <param name="options">The evaluations.</param>
    public static IReadOnlyList<MeasuredFigure>? Measured(ExportOptions options)
    {
        var report = options.Evaluation;
        List<MeasuredFigure> figures = [];
        if ((options.Across ?? report)?.AcrossSources is { } sources)
        {
            figures.AddRange(Of(sources.All.Figures.Select(figure => ($"across sources: {figure.Title}", figure.Across)), sources.All.Across, acrossSources: true));
            foreach (var source in sources.Sources.Where(source => source.Told is not null))
                figures.AddRange(Of([($"{source.Source}, left out: {source.Told!.Title}", source.Told.Across)], source.Across, acrossSources: true));
        }
        if (report is not null) figures.AddRange(Of(Main(report), report.Count, acrossSources: false));
        return figures.Count == 0 ? null : figures;
    }

    private static IEnumerable<MeasuredFigure> Of(IEnumerable<(string Name, Figure Figure)> figures, int images, bool acrossSources) =>
        figures.Where(pair => pair.Figure.Value is not null)
            .Select(pair => new MeasuredFigure(pair.Name, pair.Figure.Value!.Value, pair.Figure.Low, pair.Figure.High, images, acrossSources));

    private static IEnumerable<(string Name, Figure Figure)> Main(EvaluationReport report) =>
    [
        .. OnCard(OverallFigures.All, report.Overall),
        .. OnCard(BinaryFigures.All, report.Tumour).Select(pair => ($"tumour: {pair.Name}", pair.Figure)),
        .. report.Selective is { } selective ? OnCard(SelectiveFigures.All, selective) : [],
        .. report.Lesions is { } lesions ? OnCard(LesionFigures.All, lesions) : [],
    ];

    private static List<CardFigure> Figures(EvaluationReport report)
    {
        List<(string Name, Figure Figure)> figures =
        [
            .. Main(report),
            .. report.Labels.SelectMany(label => OnCard(LabelFigures.All, label.Figures)
                .Select(pair => ($"`{label.Label}`: {pair.Name} ({label.Count} images)", pair.Figure))),
        ];
        return Measured(figures);
    }

    private static List<CardFigure> Sources(SourceComparison sources) =>
    [
        .. Measured(sources.All.Figures.Where(figure => figure.Inflation.Value is not null)
            .Select(figure => ($"across sources: {figure.Title} ({sources.All.Across} images)", figure.Across))),
        .. sources.All.Told is { } told
            ? Measured([($"within sources: {told.Title} ({sources.All.Within} images)", told.Within), ($"inflation of {told.Title}: within less across", told.Inflation)]) : [],
        .. Measured(sources.Sources.Where(source => source.Told is not null)
            .Select(source => ($"`{source.Source}`, left out: {source.Told!.Title} ({source.Across} images)", source.Told!.Across))),
    ];

    private static IEnumerable<(string Name, Figure Figure)> OnCard(IEnumerable<FigureDefinition> definitions, FigureSet figures) =>
        definitions.Where(definition => definition.CardName is not null).Select(definition => (definition.CardName!, figures[definition]));

    private static List<CardFigure> Trust(TrustReport trust)
    {
        List<(string Name, double? Share)> shares =
        [
            ("tumour: expected calibration error before calibration", trust.CalibrationErrorBefore),
            ("tumour: expected calibration error after it", trust.CalibrationErrorAfter),
            ("tumour: sensitivity at the chosen threshold", trust.Sensitivity),
            ("tumour: specificity at the chosen threshold", trust.Specificity),
            ("coverage of sets, all labels", trust.Coverage),
            .. trust.Labels.Select(label => ($"`{label.Label}`: coverage ({label.Images} images)", label.Coverage)),
            ("labels in a set, mean", trust.SetSize),
        ];
        return Measured(shares.Select(pair => (pair.Name, new Figure(pair.Share, null, null))));
    }

    private static CardColumn By(ColumnFigures column) => new(
        column.Column,
        [.. column.Values.Select(value => new CardValue(value.Value, value.Count, Measured(ColumnFigures.Definitions.Select(definition =>
            ((definition is FigureDefinition<BinaryScans> ? "tumour: " : "") + definition.Title, value.Figures[definition.ColumnName!])))))]);

    private static List<CardFigure> Measured(IEnumerable<(string Name, Figure Figure)> figures) =>
        [.. figures.Where(pair => pair.Figure.Value is not null).Select(pair => new CardFigure(
            pair.Name, pair.Figure.Value!.Value, pair.Figure.Low ?? double.NaN, pair.Figure.High ?? double.NaN))];

    private static string Drawn(EvaluationReport report) => report.Settings.Groups == report.Count
        ? "images" : string.Create(CultureInfo.InvariantCulture, $"{report.Settings.Groups} groups of images");
}
