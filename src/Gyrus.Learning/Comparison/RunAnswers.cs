using System.Globalization;
using CsvHelper;
using Gyrus.Evaluation.Reports;
using Gyrus.Evaluation.Scans;
using Gyrus.Imaging.Labels;

namespace Gyrus.Learning.Comparison;

/// <summary>What a run answered in an evaluation, read from its <c>predictions.csv</c>.</summary>
internal static class RunAnswers
{
    private const string FileName = "predictions.csv";
    private static readonly string[] First = ["path", "sha256", "label", "predicted", "tumour"];

    /// <summary>Reads the answers of a run.</summary>
    /// <param name="run">The run.</param>
    /// <param name="evaluation">The folder, within the run's, of the evaluation.</param>
    /// <returns>Null where the run has no such evaluation. Labels that are not the run's, as where it was judged on data with others, mean
    /// nothing but their names.</returns>
    /// <exception cref="GyrusException">The file cannot be read, or a line of it cannot be.</exception>
    public static IReadOnlyList<ScoredScan>? Read(ComparedRun run, string evaluation)
    {
        var path = Path.Combine(run.Folder, evaluation, FileName);
        if (!File.Exists(path)) return null;
        try
        {
            using var csv = new CsvReader(new StringReader(UserText.Read(path)), CultureInfo.InvariantCulture);
            return Read(csv, path, run.Record.Recipe.LabelSet());
        }
        catch (Exception e) when (e is CsvHelperException or IOException or UnauthorizedAccessException)
        {
            throw new GyrusException($"{path}: cannot be read ({e.Message}). Evaluate the run again.", e);
        }
    }

    private static List<ScoredScan> Read(CsvReader csv, string path, LabelSet own)
    {
        if (!csv.Read() || !csv.ReadHeader() || !csv.HeaderRecord!.Take(First.Length).SequenceEqual(First))
            throw new GyrusException($"{path}: these are no answers, which begin with the columns {string.Join(',', First)}. Evaluate the run again.");
        string[] names = [.. csv.HeaderRecord!.Skip(First.Length).Except(EvaluationFiles.ColumnsBesideLabels)];
        var labels = names.SequenceEqual(own.Names) ? own : Labels(path, names);
        var scans = new List<ScoredScan>();
        while (csv.Read())
        {
            var truth = labels.IndexOf(csv.GetField("label"));
            var probabilities = new float[labels.Count];
            bool right = truth >= 0 && csv.GetField("sha256") is { Length: 64 };
            for (int i = 0; i < probabilities.Length; i++)
            {
                right &= float.TryParse(csv.GetField(First.Length + i), NumberStyles.Float, CultureInfo.InvariantCulture, out probabilities[i])
                    && probabilities[i] is >= 0 and <= 1;
            }
            if (!right || Math.Abs(probabilities.Sum() - 1) > 1e-3)
            {
                throw new GyrusException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{path}, line {csv.Parser.RawRow}: no image with its SHA-256, its label and a probability for each label. Evaluate the run again."));
            }
            scans.Add(new ScoredScan(csv.GetField("path")!, csv.GetField("sha256")!, truth, probabilities) { Labels = labels });
        }
        return scans.Count > 0 ? scans : throw new GyrusException($"{path}: there is no answer. Evaluate the run again.");
    }

    private static LabelSet Labels(string path, string[] names)
    {
        try
        {
            return new LabelSet(names.Select(name => new ScanLabel(name)));
        }
        catch (GyrusException e)
        {
            throw new GyrusException($"{path}: {e.Message} Evaluate the run again.", e);
        }
    }
}
