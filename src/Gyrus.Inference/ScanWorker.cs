using Gyrus.Imaging;
using Gyrus.Inference.HeatMaps;
using Gyrus.Package;

namespace Gyrus.Inference;

/// <summary>
/// Classifies batches on one thread, in memory of its own that each batch uses again. As many workers as there are cores
/// use them best (<see cref="ScanClassifier.NewWorker"/>).
/// </summary>
public sealed class ScanWorker
{
    private readonly NetworkSession _session;
    private readonly ModelManifest _model;
    private readonly ClassifierOptions _options;
    private readonly HeatMapMethod _method;
    private readonly TrustSettings _trust;
    private readonly int[] _readable;
    // What a heat map needs of its scan, which may be far larger.
    private readonly GreyPicture[] _backdrops;
    private NetworkBatch? _plain;
    private NetworkBatch? _mapped;

    internal ScanWorker(NetworkSession session, ModelManifest model, ClassifierOptions options, HeatMapMethod method)
    {
        (_session, _model, _options, _method) = (session, model, options, method);
        _trust = model.Trust ?? TrustSettings.None;
        _readable = new int[options.BatchSize];
        _backdrops = new GreyPicture[options.BatchSize];
    }

    /// <summary>Classifies files that are in memory. Not for two threads at once.</summary>
    /// <param name="files">At most <see cref="ClassifierOptions.BatchSize"/>.</param>
    /// <returns>A result a file, in order; those that ask for a heat map and can be read have one
    /// (<see cref="ScanResult.Picture"/>).</returns>
    /// <exception cref="ArgumentException">There are more files than fit into a batch.</exception>
    /// <exception cref="GyrusException">The native image library is missing.</exception>
    public ScanResult[] Classify(IReadOnlyList<ScanFile> files) => Classify(
        files, file => file.Name, file => ScanDecoder.Decode(file.Name, file.Bytes, _options.PixelLimit), file => file.HeatMap);

    /// <summary>Classifies files by their paths.</summary>
    internal ScanResult[] Classify(IReadOnlyList<string> paths, bool heatMaps) => Classify(
        paths, path => path, path => ScanDecoder.Read(path, _options.PixelLimit), _ => heatMaps);

    /// <summary>Classifies whatever can be named and read.</summary>
    internal ScanResult[] Classify<T>(
        IReadOnlyList<T> files, Func<T, string> name, Func<T, Scan> decode, Func<T, bool> wantsMap)
    {
        if (files.Count > _options.BatchSize)
            throw new ArgumentException($"{files.Count} files, and a batch holds {_options.BatchSize}.", nameof(files));
        var batch = files.Any(wantsMap) ? _mapped ??= NewBatch(_method) : _plain ??= NewBatch(maps: null);
        var results = new ScanResult[files.Count];
        batch.Clear();
        for (int i = 0; i < files.Count; i++)
        {
            try
            {
                var scan = decode(files[i]);
                if (wantsMap(files[i])) _backdrops[batch.Count] = HeatMapPicture.Backdrop(scan);
                _readable[batch.Count] = i;
                batch.Add(scan);
            }
            catch (Exception e) when (ImageFault.IsOfOneImage(e))
            {
                results[i] = ScanResult.Unreadable(name(files[i]), ImageFault.Message(name(files[i]), e));
            }
        }
        try
        {
            batch.Run();
        }
        catch (Exception e) when (ImageFault.IsOfOneImage(e) && batch.Count > 1)
        {
            // One of them may be behind it: the others are to have their answers.
            return [.. files.SelectMany(file => Classify([file], name, decode, wantsMap))];
        }
        catch (Exception e) when (ImageFault.IsOfOneImage(e))
        {
            results[_readable[0]] = ScanResult.Unreadable(
                name(files[_readable[0]]), ImageFault.Message(name(files[_readable[0]]), e));
            batch.Clear();
        }
        for (int n = 0; n < batch.Count; n++)
        {
            var file = files[_readable[n]];
            try
            {
                results[_readable[n]] = ScanResult.Answer(name(file), batch.Logits(n), _session.Labels, _trust, _options.Threshold) with
                {
                    Reason = batch.Refusal(n),
                    Picture = wantsMap(file) ? Draw(_backdrops[n], batch, n) : null,
                };
            }
            catch (Exception e) when (ImageFault.IsOfOneImage(e))
            {
                results[_readable[n]] = ScanResult.Unreadable(name(file), ImageFault.Message(name(file), e));
            }
        }
        return results;
    }

    private static DrawnHeatMap Draw(GreyPicture backdrop, NetworkBatch batch, int index) => new(
        HeatMapPicture.Draw(backdrop, batch.Map(index), batch.Area(index)), backdrop.Width, backdrop.Height);

    private NetworkBatch NewBatch(HeatMapMethod? maps) =>
        new(_session, _model.Preprocessing, _options.BatchSize, _options.Views, _model.Abstention, maps);
}
