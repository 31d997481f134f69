using System.Globalization;
using Gyrus.Data.Manifests;
using Gyrus.Learning.Export;
using Gyrus.Learning.Export.Int8;

namespace Gyrus.Learning.Runs;

/// <summary>A network that was brought to eight bits.</summary>
/// <param name="Agreement">How far it answers as in float32, on validation images.</param>
/// <param name="Ranges">The ranges of its values, by the layers that give them.</param>
/// <param name="Validation">These images, each [3, S, S].</param>
internal sealed record Int8Network(Int8Agreement Agreement, IReadOnlyDictionary<string, ValueRange> Ranges, IReadOnlyList<float[]> Validation);

/// <summary>Brings a run's network to eight bits, and measures what that costs on images that it was not fitted
/// on.</summary>
internal static class Int8Export
{
    private const int CalibrationImages = 128;
    private const int ComparedImages = 256;

    // All values, or all but one in a hundred thousand: which loses less differs from network to network.
    private static readonly double[] Coverages = [1, 0.99999];

    /// <summary>Writes the network in eight bits, with the ranges that differ least on the run's validation
    /// images.</summary>
    /// <param name="path">The file.</param>
    /// <param name="float32">The file of the same network in float32.</param>
    /// <param name="model">The network.</param>
    /// <param name="run">The run, for its images.</param>
    /// <param name="manifest">The data set that these are in.</param>
    /// <exception cref="GyrusException">There are no training or validation images, or the network in eight bits says
    /// something else on too many.</exception>
    public static Int8Network Write(
        string path, string float32, OnnxModel model, TrainedRun run, Manifest manifest)
    {
        var preprocessing = run.Record.Recipe.Preprocessing;
        var training = SpreadSample.Read(manifest, run.Record.TrainingImages, CalibrationImages, preprocessing);
        var exporter = Int8Exporter.Calibrate(model, training);
        var validation = SpreadSample.Read(manifest, run.Record.SelectionImages, ComparedImages, preprocessing);
        if (validation.Count == 0)
        {
            throw new GyrusException("No image of the run's validation part can be read, so nobody could say what eight "
                + "bits cost. Name a manifest whose images are there.");
        }
        var expected = OnnxCheck.Probabilities(float32, model.Names, model.InputSize, validation);
        var measured = Coverages.ToDictionary(coverage => coverage, coverage =>
        {
            exporter.Write(path, coverage);
            var actual = OnnxCheck.Probabilities(path, model.Names, model.InputSize, validation);
            return Int8Agreement.Of(expected, actual, model.Labels);
        });
        var (best, agreement) = measured.MinBy(pair => pair.Value.MeanDifference);
        Require(agreement);
        exporter.Write(path, best);
        return new(agreement, exporter.LayerRanges(best), validation);
    }

    /// <summary>Refuses a network that says something else on too many images.</summary>
    /// <exception cref="GyrusException">It does.</exception>
    public static void Require(Int8Agreement agreement)
    {
        if (agreement.Label >= Int8Agreement.LeastLabel && double.IsFinite(agreement.LargestDifference)) return;
        throw new GyrusException(string.Create(
            CultureInfo.InvariantCulture,
            $"In eight bits the network gives the label of the trained one on only {100 * agreement.Label:0.0} % of ")
            + $"{agreement.Images} validation images; 95 % are asked for. Export it with more bits, or give it more "
            + "training images: ranges are measured on up to 128.");
    }
}
