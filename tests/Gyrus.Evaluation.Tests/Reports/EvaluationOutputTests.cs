using System.Text.Json;
using Gyrus.Evaluation.Figures;
using Gyrus.Evaluation.Reports;
using Gyrus.Evaluation.Scans;
using Gyrus.Evaluation.Statistics;
using Gyrus.Imaging.Labels;
using Xunit;

namespace Gyrus.Evaluation.Tests.Reports;

public class EvaluationOutputTests
{
    private static readonly ScoredScan[] s_scans =
    [
        MadeUpScans.Scan(0, "ct_healthy", 1, 0, 0, 0, 0, 0, 0),
        MadeUpScans.Scan(1, "mri_glioma", 0, 0, 1, 0, 0, 0, 0),
    ];

    /// <summary>
    /// Other programs read these names. Where this fails, either restore the name or raise
    /// <see cref="EvaluationReport.CurrentFormatVersion"/>, change the list and tell the users in CHANGELOG.md.
    /// </summary>
    [Fact]
    public void Json_names_are_frozen()
    {
        string json = EvaluationJson.Write(Evaluator.Run(s_scans, new HashSet<string> { s_scans[1].Sha256 }));
        var names = new SortedSet<string>(StringComparer.Ordinal);
        Collect(JsonDocument.Parse(json).RootElement, "", names);
        string[] figures =
        [
            "labels[].auroc", "labels[].f1", "labels[].precision", "labels[].recall",
            "overall.accuracy", "overall.brier", "overall.calibrationError", "overall.logLoss", "overall.macroF1",
            "overall.modalityAccuracy", "overall.typeAccuracy",
            "selective.accepted", "selective.covered", "selective.riskCoverageArea", "selective.wrongAmongAccepted", "selective.wrongAt80",
            "tumour.accuracy", "tumour.auroc", "tumour.averagePrecision", "tumour.balancedAccuracy", "tumour.calibrationError", "tumour.negativePredictiveValue",
            "tumour.positivePredictiveValue", "tumour.sensitivity", "tumour.sensitivityAtSpecificity", "tumour.specificity",
            "tumour.specificityAtSensitivity",
        ];
        string[] frozen =
        [
            "confusion[][]", "count", "distinct", "formatVersion", "isLeaked", "labels[].count", "labels[].label",
            "leaked.count", "leaked.paths[]", "notes[]", "settings.atSensitivity", "settings.atSpecificity", "settings.calibrationBins", "settings.groups", "settings.level",
            "settings.resamples", "settings.seed", "settings.tumourThreshold",
            .. figures.SelectMany(figure => new[] { figure + ".high", figure + ".low", figure + ".value" }),
        ];
        Assert.Equal(frozen.Order(StringComparer.Ordinal), names);
        Assert.Equal(1, EvaluationReport.CurrentFormatVersion);
    }

    [Fact]
    public void Json_holds_the_report()
    {
        var report = Evaluator.Run(s_scans, new HashSet<string> { s_scans[1].Sha256 });
        var root = JsonDocument.Parse(EvaluationJson.Write(report)).RootElement;
        Assert.True(root.GetProperty("isLeaked").GetBoolean());
        Assert.Equal("scan-0001.png", root.GetProperty("leaked").GetProperty("paths")[0].GetString());
        Assert.Equal(1, root.GetProperty("overall").GetProperty("accuracy").GetProperty("value").GetDouble());
        Assert.Equal(1, root.GetProperty("confusion")[2][2].GetInt32());
        Assert.Equal(PublishedLabels.Set[4].Name, root.GetProperty("labels")[4].GetProperty("label").GetString());
    }

    [Fact]
    public void Table_aligns_its_columns_and_shows_leaks_and_undefined_figures()
    {
        var figure = new Figure(0.92308, 0.90801, 0.93719);
        var undefined = new Figure(null, null, null);
        var report = Evaluator.Run(s_scans, new HashSet<string>()) with
        {
            Count = 1302,
            Distinct = 1290,
            Notes = ["No scan is of ct_tumor."],
            Leaked = new(12, [.. Enumerable.Range(1, 12).Select(i => $"leaked/{i}.png")]),
            Settings = new(0.5, 15, 2000, 0.95, 0, 651),
            Overall = Set(OverallFigures.All, definition =>
                definition == OverallFigures.TypeAccuracy ? undefined : definition == OverallFigures.LogLoss ? new(0.25, null, null) : figure),
            Tumour = Set(BinaryFigures.All, _ => figure),
            Selective = Set(SelectiveFigures.All, definition => definition == SelectiveFigures.Covered ? undefined : figure),
            Labels =
            [
                new("ct_healthy", 651, Set(LabelFigures.All, _ => figure)),
                new("ct_tumor", 0, Set(LabelFigures.All, _ => undefined)),
            ],
            Confusion = [[640, 11], [0, 0]],
        };

        Assert.Equal(
            """
            1,302 scans, 1,290 distinct
            intervals: 95 %, 2,000 resamples of 651 groups of scans
            note: No scan is of ct_tumor.

            LEAKED: the model was trained on 12 of these 1,302 scans or on copies of them. The figures flatter and say nothing about new scans.
              leaked/1.png
              leaked/2.png
              leaked/3.png
              leaked/4.png
              leaked/5.png
              leaked/6.png
              leaked/7.png
              leaked/8.png
              leaked/9.png
              leaked/10.png
              and 2 more

            all labels
            accuracy                         0.9231 [0.9080, 0.9372]
            macro F1                         0.9231 [0.9080, 0.9372]
            type of tumour                   -
            modality                         0.9231 [0.9080, 0.9372]
            log loss                         0.2500
            Brier score                      0.9231 [0.9080, 0.9372]
            calibration error (ECE)          0.9231 [0.9080, 0.9372]

            tumour (at 0.5)
            AUROC                            0.9231 [0.9080, 0.9372]
            sensitivity                      0.9231 [0.9080, 0.9372]
            specificity                      0.9231 [0.9080, 0.9372]
            accuracy                         0.9231 [0.9080, 0.9372]
            balanced accuracy                0.9231 [0.9080, 0.9372]
            calibration error (ECE)          0.9231 [0.9080, 0.9372]
            average precision                0.9231 [0.9080, 0.9372]
            positive predictive value        0.9231 [0.9080, 0.9372]
            negative predictive value        0.9231 [0.9080, 0.9372]
            sensitivity at specificity 0.95  0.9231 [0.9080, 0.9372]
            specificity at sensitivity 0.95  0.9231 [0.9080, 0.9372]

            answers
            accepted                         0.9231 [0.9080, 0.9372]
            wrong among accepted             0.9231 [0.9080, 0.9372]
            wrong among the surest 80 %      0.9231 [0.9080, 0.9372]
            risk-coverage area (AURC)        0.9231 [0.9080, 0.9372]

            label       scans                precision                   recall                       F1                    AUROC
            ct_healthy    651  0.9231 [0.9080, 0.9372]  0.9231 [0.9080, 0.9372]  0.9231 [0.9080, 0.9372]  0.9231 [0.9080, 0.9372]
            ct_tumor        0                        -                        -                        -                        -

            truth \ answer  ct_healthy  ct_tumor
            ct_healthy             640        11

            """,
            EvaluationTable.Render(report));
    }

    private static FigureSet Set(IEnumerable<FigureDefinition> definitions, Func<FigureDefinition, Figure> figure) =>
        new([.. definitions.Select(definition => KeyValuePair.Create(definition.Name, figure(definition)))]);

    private static void Collect(JsonElement element, string path, SortedSet<string> names)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var property in element.EnumerateObject())
                    Collect(property.Value, path.Length == 0 ? property.Name : $"{path}.{property.Name}", names);
                break;
            case JsonValueKind.Array:
                foreach (var item in element.EnumerateArray()) Collect(item, path + "[]", names);
                break;
            default:
                names.Add(path);
                break;
        }
    }
}
