using Gyrus.Imaging.Decoding;
using Gyrus.Inference.HeatMaps;
using Gyrus.Inference.Runtime;
using Gyrus.Models;
using Gyrus.Models.Trust;

namespace Gyrus.Inference;

/// <summary>Makes a network's input of a scan, and an answer of its outputs, where the network itself is computed by another runtime, such as a browser's: the same answers as
/// <see cref="ScanClassifier"/> gives, but for the last digits in which runtimes differ. One scan at a time, on one thread.</summary>
public sealed class DetachedClassifier
{
    private readonly ModelDescription _model;
    private readonly int _views;
    private readonly GivenOutputs _network;
    private readonly NetworkBatch _batch;

    /// <summary>Makes a classifier of a model.</summary>
    /// <param name="model">Its description.</param>
    /// <param name="shapes">Of the outputs that the runtime gives, by name, such as [N, 7]; what the first axis says does not count.</param>
    /// <param name="views">Mirror images that are looked at, 1, 2 or 4 (<see cref="ClassifierOptions.Views"/>).</param>
    /// <exception cref="GyrusException">The views are none of these.</exception>
    public DetachedClassifier(ModelDescription model, IReadOnlyDictionary<string, IReadOnlyList<int>> shapes, int views = 1)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(shapes);
        new ClassifierOptions(Views: views).Check();
        (_model, _views) = (model, views);
        _network = new GivenOutputs(model, shapes);
        _batch = new NetworkBatch(_network, model.Preprocessing, 1, views, model.Abstention);
        var outputs = model.Outputs;
        Outputs = [.. new[] { outputs.Logits, outputs.Novelty, outputs.Evidence, outputs.LabelEvidence }.OfType<string>().Where(shapes.ContainsKey)];
    }

    /// <summary>The shape of what <see cref="Prepare"/> makes: [views, 3, size, size].</summary>
    public IReadOnlyList<int> InputShape => [_views, 3, _model.Preprocessing.Size, _model.Preprocessing.Size];

    /// <summary>The names of the outputs that <see cref="Answer"/> needs.</summary>
    public IReadOnlyList<string> Outputs { get; }

    /// <summary>Makes the network's input of a scan.</summary>
    /// <param name="scan">The scan.</param>
    /// <param name="heatMap">What heat map is wanted of it; none where null.</param>
    /// <returns>Of the shape <see cref="InputShape"/>; good until the next scan.</returns>
    /// <exception cref="GyrusException">The network gives no such heat map.</exception>
    public ReadOnlyMemory<float> Prepare(Scan scan, HeatMapRequest? heatMap = null)
    {
        _batch.Clear();
        _batch.Add(scan, heatMap);
        return _batch.Images;
    }

    /// <summary>Makes the answer to the scan that was prepared last.</summary>
    /// <param name="name">The scan's name, for the answer.</param>
    /// <param name="outputs">What the network gave, by the names in <see cref="Outputs"/>; the values row by row.</param>
    /// <returns>The answer; the values of a heat map are in <see cref="ScanResult.Evidence"/>, and no picture is drawn of them.</returns>
    /// <exception cref="GyrusException">An output is missing, or has not as many values as there should be.</exception>
    /// <exception cref="InvalidOperationException">No scan was prepared.</exception>
    public ScanResult Answer(string name, IReadOnlyDictionary<string, float[]> outputs)
    {
        ArgumentNullException.ThrowIfNull(outputs);
        if (_batch.Count == 0) throw new InvalidOperationException("No scan was prepared.");
        _network.Take(outputs);
        _batch.Run();
        return _batch.Answer(0, name, _model.Trust ?? TrustSettings.None, threshold: null);
    }
}
