using Gyrus.Imaging;
using Gyrus.Package;

namespace Gyrus.Inference;

/// <summary>Classifies scans with the network of a model package. May be used from many threads at once.</summary>
public sealed class ScanClassifier : IDisposable
{
    private readonly NetworkSession _session;
    private readonly ClassifierOptions _options;

    private ScanClassifier(ModelPackage package, ClassifierOptions options)
    {
        Package = package;
        _options = options;
        _session = new NetworkSession(package);
    }

    /// <summary>The package that is used.</summary>
    public ModelPackage Package { get; }

    /// <summary>Opens a model package.</summary>
    /// <param name="folder">The package.</param>
    /// <param name="options">How to use the machine; the defaults where null.</param>
    /// <exception cref="GyrusException">The folder is no package that this Gyrus can use, or an option is out of
    /// range.</exception>
    public static ScanClassifier Open(string folder, ClassifierOptions? options = null)
    {
        options ??= new ClassifierOptions();
        options.Check();
        return new ScanClassifier(ModelPackage.Load(folder), options);
    }

    /// <summary>
    /// Classifies files, in batches on all cores, as the paths come in. A file that cannot be read gives an error result
    /// and nothing else. Memory does not grow with the number of files.
    /// </summary>
    /// <param name="paths">The files; read on a thread of its own, ahead of the results by a bounded number.</param>
    /// <param name="progress">Takes the number of files done.</param>
    /// <param name="cancel">Ends the work.</param>
    /// <returns>A result a path, in the paths' order, as soon as it is there.</returns>
    /// <exception cref="OperationCanceledException"><paramref name="cancel"/> was set.</exception>
    public IEnumerable<ScanResult> Classify(
        IEnumerable<string> paths, IProgress<WorkProgress>? progress = null, CancellationToken cancel = default)
    {
        int total = paths.TryGetNonEnumeratedCount(out var count) ? count : 0;
        long done = 0;
        foreach (var results in OrderedBatches.Run(paths, _options.BatchSize, _options.WorkerCount, NewWorker, cancel))
        {
            foreach (var result in results) yield return result;
            done += results.Length;
            progress?.Report(new WorkProgress("classify", done, total));
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _session.Dispose();

    /// <summary>What one thread does with a batch of paths; the batch's memory is the thread's own.</summary>
    private Func<IReadOnlyList<string>, ScanResult[]> NewWorker()
    {
        var preprocessing = Package.Manifest.Preprocessing;
        var trust = Package.Manifest.Trust ?? TrustSettings.None;
        var tensors = GC.AllocateUninitializedArray<float>(_options.BatchSize * preprocessing.Length, pinned: true);
        var logits = new float[_options.BatchSize * ScanLabel.All.Count];
        var readable = new int[_options.BatchSize];
        return paths =>
        {
            var results = new ScanResult[paths.Count];
            int count = 0;
            for (int i = 0; i < paths.Count; i++)
            {
                try
                {
                    var scan = ScanDecoder.Read(paths[i], _options.PixelLimit);
                    ScanTensor.Write(
                        scan, preprocessing, tensors.AsSpan(count * preprocessing.Length, preprocessing.Length));
                    readable[count++] = i;
                }
                catch (ScanException e)
                {
                    results[i] = ScanResult.Unreadable(paths[i], e.Message);
                }
            }
            if (count > 0) _session.Run(tensors, count, logits);
            for (int n = 0; n < count; n++)
            {
                results[readable[n]] = ScanResult.Answer(
                    paths[readable[n]], logits.AsSpan(n * ScanLabel.All.Count, ScanLabel.All.Count), trust, _options.Threshold);
            }
            return results;
        };
    }
}
