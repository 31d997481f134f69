using Gyrus.Imaging.Decoding;
using Gyrus.Imaging.Labels;
using Gyrus.Inference.HeatMaps;
using Gyrus.Inference.Runtime;
using Gyrus.Models;
using Gyrus.Models.Trust;

namespace Gyrus.Inference;

/// <summary>Classifies scans with the network of a model package. May be used from many threads at once.</summary>
public sealed class ScanClassifier : IDisposable
{
    private readonly NetworkSession _session;

    private ScanClassifier(ModelPackage package, ClassifierOptions options, NetworkSession session) => (Package, Options, _session) = (package, options, session);

    /// <summary>The labels that it gives, and what they mean.</summary>
    public LabelSet Labels => _session.Labels;

    /// <summary>The package that is used.</summary>
    public ModelPackage Package { get; }

    /// <summary>How it uses the machine, and what its user decided.</summary>
    public ClassifierOptions Options { get; }

    /// <summary>Opens a model package.</summary>
    /// <param name="folder">The package.</param>
    /// <param name="options">How to use the machine; the defaults where null.</param>
    /// <exception cref="GyrusException">The folder is no package that this Gyrus can use, or an option is out of
    /// range.</exception>
    public static ScanClassifier Open(string folder, ClassifierOptions? options = null)
    {
        options ??= new ClassifierOptions();
        options.Check();
        if (options.GraphFolder is not { } graphs)
        {
            var unkept = ModelPackage.Load(folder);
            return new ScanClassifier(unkept, options, new NetworkSession(unkept));
        }
        // Reading the description and loading the network take about as long.
        var opening = Task.Run(() => NetworkSession.OpenKept(folder, graphs));
        try
        {
            var package = ModelPackage.Load(folder);
            return new ScanClassifier(package, options, new NetworkSession(package, graphs, opening.GetAwaiter().GetResult()));
        }
        catch
        {
            opening.ContinueWith(opened => opened.Result?.Graph.Session.Dispose(), TaskContinuationOptions.OnlyOnRanToCompletion);
            throw;
        }
    }

    /// <summary>
    /// Classifies files, in batches on all cores, as the paths come in. A file that cannot be read gives an error result
    /// and nothing else. Memory does not grow with the number of files.
    /// </summary>
    /// <param name="paths">The files; read on a thread of its own, ahead of the results by a bounded number.</param>
    /// <param name="progress">Takes the number of files done.</param>
    /// <param name="heatMaps">Asks for a heat map of each scan that can be read; none where null.</param>
    /// <param name="cancel">Ends the work.</param>
    /// <returns>A result a path, in the paths' order, as soon as it is there.</returns>
    /// <exception cref="GyrusException">The network gives no such heat maps, or one cannot be written.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancel"/> was set.</exception>
    public IEnumerable<ScanResult> Classify(
        IEnumerable<string> paths,
        IProgress<WorkProgress>? progress = null,
        HeatMapOptions? heatMaps = null,
        CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(paths);
        return Classify(paths, path => path, path => ScanDecoder.Read(path, Options.PixelLimit), progress, heatMaps, cancel);
    }

    /// <summary>As <see cref="Classify(IEnumerable{string}, IProgress{WorkProgress}?, HeatMapOptions?, CancellationToken)"/>, for
    /// images that the caller reads, as where a file is to be the one that a list tells of, or holds several.</summary>
    /// <param name="images">The images; gone through on a thread of its own.</param>
    /// <param name="name">An image's name, for the answer and for messages.</param>
    /// <param name="read">Reads an image, on any thread; a <see cref="ScanException"/> gives an error result.</param>
    /// <param name="progress">Takes the number of images done.</param>
    /// <param name="heatMaps">Asks for a heat map of each image that can be read; none where null.</param>
    /// <param name="cancel">Ends the work.</param>
    /// <returns>A result an image, in order, as soon as it is there.</returns>
    /// <exception cref="GyrusException">What <paramref name="read"/> throws and no <see cref="ScanException"/> is; the network gives no such heat maps, or one cannot
    /// be written.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancel"/> was set.</exception>
    public IEnumerable<ScanResult> Classify<T>(
        IEnumerable<T> images,
        Func<T, string> name,
        Func<T, Scan> read,
        IProgress<WorkProgress>? progress = null,
        HeatMapOptions? heatMaps = null,
        CancellationToken cancel = default)
    {
        if (heatMaps is not null) RequireMaps(heatMaps.Request);
        Func<IReadOnlyList<T>, ScanResult[]> NewReadingWorker()
        {
            var worker = NewWorker();
            return batch => Array.ConvertAll(worker.Classify(batch, name, read, _ => heatMaps?.Request), result => WithFile(result, heatMaps));
        }

        return InBatches(images, NewReadingWorker, progress, cancel);
    }

    /// <summary>Classifies one scan and says where the answer comes from.</summary>
    /// <param name="scan">The scan.</param>
    /// <param name="method">How that is found out; <see cref="HeatMapMethod.Cam"/> where null.</param>
    /// <param name="label">The label that it is found out of; as in <see cref="HeatMapRequest.Label"/> where null.</param>
    /// <exception cref="GyrusException">The network gives no such map, or no answer to this scan.</exception>
    public Explanation Explain(Scan scan, HeatMapMethod? method = null, string? label = null)
    {
        var request = new HeatMapRequest(method, label);
        RequireMaps(request);
        var batch = new NetworkBatch(_session, Package.Description.Preprocessing, 1, Options.Views, null);
        batch.Add(scan, request);
        batch.Run();
        var answer = ScanResult.Answer(Package.OnnxPath, batch.Logits(0), Labels, Package.Description.Trust ?? TrustSettings.None);
        if (answer.Error is { } error) throw new GyrusException(error);
        return new Explanation(answer.Probabilities!, batch.Map(0, answer.Label!), batch.Area(0));
    }

    /// <summary>Makes a worker for one thread, which classifies batches of files that are in memory.</summary>
    public ScanWorker NewWorker() => new(_session, Package.Description, Options);

    /// <summary>A file that is in memory as an image that is read when its turn comes.</summary>
    /// <param name="file">The file.</param>
    public ScanImage Image(ScanFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        return new(file.Name, () => ScanDecoder.Decode(file.Name, file.Bytes, Options.PixelLimit), file.HeatMap);
    }

    /// <summary>Why a heat map cannot be given and what to do, as sentences that name no file; null where it can.</summary>
    /// <param name="request">The heat map.</param>
    public string? Refusal(HeatMapRequest request) => new Explainers(_session, Package.Description.Preprocessing, batchSize: 1).Refusal(request);

    /// <inheritdoc/>
    public void Dispose() => _session.Dispose();

    /// <summary>Checks that a heat map can be given.</summary>
    /// <param name="request">The heat map.</param>
    /// <exception cref="GyrusException">It cannot; the message says why.</exception>
    public void RequireMaps(HeatMapRequest request)
    {
        if (Refusal(request) is { } refusal) throw new GyrusException($"{Package.OnnxPath}: {refusal}");
    }

    private IEnumerable<ScanResult> InBatches<T>(
        IEnumerable<T> images,
        Func<Func<IReadOnlyList<T>, ScanResult[]>> newWorker,
        IProgress<WorkProgress>? progress,
        CancellationToken cancel)
    {
        int total = images.TryGetNonEnumeratedCount(out var count) ? count : 0;
        long done = 0;
        foreach (var results in OrderedBatches.Run(images, Options.BatchSize, Options.WorkerCount, newWorker, cancel))
        {
            foreach (var result in results) yield return result;
            done += results.Length;
            progress?.Report(new WorkProgress("classify", done, total));
        }
    }

    private static ScanResult WithFile(ScanResult result, HeatMapOptions? heatMaps) => heatMaps?.Folder is not { } folder || result.Picture is not { } picture ? result
        : result with { HeatMap = HeatMapFile.Write(folder, result.Path, heatMaps.Label, picture.Png) };
}
