using System.Text.Json;
using Gyrus.Learning.Training;

namespace Gyrus.Learning.Runs;

/// <summary>What <c>run.json</c> holds: everything needed to repeat a training run, and what it gave.</summary>
/// <param name="FormatVersion">The version of this layout.</param>
/// <param name="Recipe">All that decides the result.</param>
/// <param name="Manifest">The manifest's absolute path.</param>
/// <param name="WeightsSource">Where the pretrained weights came from, in words.</param>
/// <param name="GyrusVersion">The version of Gyrus that trained.</param>
/// <param name="PackageVersions">Versions of the libraries that the result depends on.</param>
/// <param name="TrainedAt">When training ended, UTC.</param>
/// <param name="Seconds">Time that the epochs took together.</param>
/// <param name="History">Every epoch.</param>
/// <param name="Best">The epoch that was chosen.</param>
/// <param name="TrainingImages">SHA-256 of each image that the weights were fitted on, sorted.</param>
/// <param name="SelectionImages">SHA-256 of each image that the epoch was chosen on, sorted.</param>
public sealed record RunRecord(
    int FormatVersion,
    RunRecipe Recipe,
    string Manifest,
    string WeightsSource,
    string GyrusVersion,
    IReadOnlyDictionary<string, string> PackageVersions,
    DateTimeOffset TrainedAt,
    double Seconds,
    IReadOnlyList<EpochRecord> History,
    EpochRecord Best,
    IReadOnlyList<string> TrainingImages,
    IReadOnlyList<string> SelectionImages)
{
    /// <summary>The layout's version that this code writes and reads.</summary>
    public const int CurrentFormatVersion = 1;

    /// <summary>The file's name in the run's folder.</summary>
    public const string FileName = "run.json";

    /// <summary>Writes the record into the run's folder.</summary>
    public void Save(string folder) =>
        AtomicFile.WriteText(Path.Combine(folder, FileName), JsonSerializer.Serialize(this, RunJson.Options) + "\n");

    /// <summary>Reads the record of a run that was trained to its end.</summary>
    /// <exception cref="GyrusException">There is none, it cannot be read, or a member is out of its range.</exception>
    public static RunRecord Load(string folder)
    {
        var path = Path.Combine(folder, FileName);
        if (!File.Exists(path))
        {
            throw new GyrusException(File.Exists(folder)
                ? $"{folder}: this is a file. Give the folder of a run of training that has ended."
                : $"{path}: not there. Give the folder of a run of training that has ended.");
        }
        try
        {
            var record = JsonSerializer.Deserialize<RunRecord>(File.ReadAllBytes(path), RunJson.Options) ?? throw new JsonException("it holds null");
            if (record.FormatVersion != CurrentFormatVersion)
            {
                throw new GyrusException(
                    $"{path}: format version {record.FormatVersion}; this gyrus reads {CurrentFormatVersion}. Train again.");
            }
            if (!double.IsFinite(record.Best.Val.Loss))
            {
                throw new GyrusException(
                    $"{path}: training came apart, and the weights of this run answer nothing: its loss is no number. Train again with a "
                    + "smaller learning rate.");
            }
            RecordCheck.Run(path, record);
            return record;
        }
        catch (JsonException e)
        {
            throw new GyrusException($"{path}: damaged ({e.Message}). Resume the run to write it anew.", e);
        }
    }
}
