using System.Globalization;
using CsvHelper;
using Gyrus.Evaluation.Reports;
using Gyrus.Testing;
using Xunit;

namespace Gyrus.Evaluation.Tests.Reports;

public sealed class EvaluationFilesTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Predictions_name_the_fold_of_each_image()
    {
        var scans = MadeUpScans.Many(9, seed: 3).Select((scan, i) => scan with { Fold = i % 3 }).ToList();

        EvaluationFiles.Write(_folder.File("folds"), Evaluator.Run(scans, new HashSet<string>()), scans);
        EvaluationFiles.Write(
            _folder.File("plain"), Evaluator.Run(scans, new HashSet<string>()), [.. scans.Select(scan => scan with { Fold = null })]);

        using var csv = new CsvReader(new StreamReader(_folder.File("folds/predictions.csv")), CultureInfo.InvariantCulture);
        csv.Read();
        csv.ReadHeader();
        var read = new List<(string?, int?)>();
        while (csv.Read()) read.Add((csv.GetField("path"), csv.GetField<int?>("fold")));
        Assert.Equal(scans.Select(scan => ((string?)scan.Path, scan.Fold)).Order(), read.Order());
        Assert.DoesNotContain("fold", File.ReadLines(_folder.File("plain/predictions.csv")).First(), StringComparison.Ordinal);
    }
}
