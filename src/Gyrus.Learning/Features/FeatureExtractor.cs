using System.Collections.Concurrent;
using System.Security.Cryptography;
using Gyrus.Data.Manifests;
using Gyrus.Imaging.Decoding;
using Gyrus.Imaging.Tensors;
using Gyrus.Learning.Backbones;
using Gyrus.Learning.Layers;
using Gyrus.Learning.Networks;
using Gyrus.Learning.Tensors;
using static TorchSharp.torch;

namespace Gyrus.Learning.Features;

/// <summary>An image that features could not be computed from.</summary>
/// <param name="Row">Its row of the manifest.</param>
/// <param name="Reason">What is wrong, with the file's name, and what to do.</param>
public sealed record UnusableScan(ManifestRow Row, string Reason);

/// <summary>Runs a frozen backbone once over each distinct image of a data set.</summary>
public sealed class FeatureExtractor : IDisposable
{
    private readonly TorchNetwork _network;

    /// <summary>Prepares a backbone.</summary>
    /// <param name="backbone">The backbone.</param>
    /// <param name="weights">Its pretrained weights.</param>
    /// <param name="preprocessing">How scans become its input.</param>
    /// <param name="float16">Whether its kernels are rounded to float16 first, as a network is stored that is half as large.</param>
    public FeatureExtractor(Backbone backbone, BackboneWeights weights, Preprocessing preprocessing, bool float16)
    {
        var (graph, tensors) = BatchNormFolding.Fold(backbone.Graph, weights.Tensors, weights.BatchNormEpsilon);
        if (float16) tensors = Float16Weights.Round(tensors);
        _network = new TorchNetwork(graph, tensors, batchNormEpsilon: 0);
        _network.eval();
        Backbone = backbone;
        Preprocessing = preprocessing;
        Key = $"{backbone.Name} {weights.Hash()} input {ScanTensor.InputVersion} size {preprocessing.Size} {preprocessing.Kernel} "
            + $"{preprocessing.Normalisation} {preprocessing.Framing}{(float16 ? " float16" : "")}";
    }

    /// <summary>The backbone.</summary>
    public Backbone Backbone { get; }

    /// <summary>How scans become its input.</summary>
    public Preprocessing Preprocessing { get; }

    /// <summary>All that the features depend on besides the image.</summary>
    public string Key { get; }

    /// <summary>Opens the cache of these features in a folder.</summary>
    /// <exception cref="GyrusException">Another process writes to it.</exception>
    public FeatureCache OpenCache(string folder)
    {
        var digest = Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(Key)));
        var file = Path.Combine(folder, $"{Backbone.Name}-{digest[..16]}.features");
        return FeatureCache.Open(file, Key, Backbone.FeatureCount);
    }

    /// <summary>Computes the features that the cache lacks.</summary>
    /// <param name="manifest">The data set.</param>
    /// <param name="cache">Takes the features; goes on where it was.</param>
    /// <param name="progress">Told of each image.</param>
    /// <param name="cancellation">Stops the work; what is done stays.</param>
    /// <returns>The images that cannot be used, in the manifest's order: unreadable, or changed since the
    /// import.</returns>
    public IReadOnlyList<UnusableScan> Run(
        Manifest manifest, FeatureCache cache, IProgress<WorkProgress>? progress, CancellationToken cancellation)
    {
        var distinct = manifest.Rows.DistinctBy(row => row.Sha256).ToList();
        if (distinct.Any(row => !cache.Contains(row.Sha256))) cache.BeginWriting();
        var missing = distinct.Where(row => !cache.Contains(row.Sha256)).ToList();
        var faults = new ConcurrentDictionary<string, string>();
        int done = distinct.Count - missing.Count;
        if (missing.Count > 0)
        {
            // One image a worker and one thread an image: decoding overlaps with computing.
            SingleThreaded.ForEach(
                missing,
                row =>
                {
                    try
                    {
                        cache.Append(row.Sha256, Compute(ManifestScans.Read(manifest, row)));
                    }
                    catch (Exception e) when (ImageFault.IsOfOneImage(e))
                    {
                        faults[row.Sha256] = ImageFault.Message(manifest.FullPath(row), e);
                    }
                    progress?.Report(new WorkProgress("features", Interlocked.Increment(ref done), distinct.Count));
                },
                cancellation);
        }
        return [.. manifest.Rows.Where(row => faults.ContainsKey(row.Sha256))
            .Select(row => new UnusableScan(row, faults[row.Sha256]))];
    }

    /// <summary>The pooled features of one scan.</summary>
    /// <returns>[FeatureCount].</returns>
    public float[] Compute(Scan scan)
    {
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        var values = new float[Preprocessing.Length];
        ScanTensor.Write(scan, Preprocessing, values);
        var input = tensor(values).reshape(1, 3, Preprocessing.Size, Preprocessing.Size);
        return _network.call(input).data<float>().ToArray(); // [1, FeatureCount]
    }

    /// <inheritdoc/>
    public void Dispose() => _network.Dispose();
}
