using Gyrus.Imaging.Decoding;
using Gyrus.Imaging.Grey;
using Gyrus.Inference.HeatMaps;
using Gyrus.Inference.Runtime;
using Gyrus.Models;
using Gyrus.Models.Trust;

namespace Gyrus.Inference;

/// <summary>
/// Classifies batches on one thread, in memory of its own that each batch uses again. As many workers as there are cores
/// use them best (<see cref="ScanClassifier.NewWorker"/>).
/// </summary>
public sealed class ScanWorker
{
    private readonly ClassifierOptions _options;
    private readonly TrustSettings _trust;
    private readonly int[] _readable;
    // What a heat map needs of its scan, which may be far larger.
    private readonly GreyPicture[] _backdrops;
    private readonly NetworkBatch _batch;

    internal ScanWorker(INetwork network, ModelDescription model, ClassifierOptions options)
    {
        _options = options;
        _trust = model.Trust ?? TrustSettings.None;
        _readable = new int[options.BatchSize];
        _backdrops = new GreyPicture[options.BatchSize];
        _batch = new NetworkBatch(network, model.Preprocessing, options.BatchSize, options.Views, model.Abstention);
    }

    /// <summary>Classifies files that are in memory. Not for two threads at once.</summary>
    /// <param name="files">At most <see cref="ClassifierOptions.BatchSize"/>.</param>
    /// <returns>A result a file, in order; those that ask for a heat map and can be read have one
    /// (<see cref="ScanResult.Picture"/>).</returns>
    /// <exception cref="ArgumentException">There are more files than fit into a batch.</exception>
    /// <exception cref="GyrusException">The native image library is missing, or the network gives no heat map that a file asks for.</exception>
    public ScanResult[] Classify(IReadOnlyList<ScanFile> files) => Classify(
        files, file => file.Name, file => ScanDecoder.Decode(file.Name, file.Bytes, _options.PixelLimit), file => file.HeatMap);

    /// <summary>Classifies images that are read now. Not for two threads at once.</summary>
    /// <param name="images">At most <see cref="ClassifierOptions.BatchSize"/>.</param>
    /// <returns>A result an image, in order, as of files.</returns>
    /// <exception cref="ArgumentException">There are more than fit into a batch.</exception>
    /// <exception cref="GyrusException">The native image library is missing, or the network gives no heat map that an image asks for.</exception>
    public ScanResult[] Classify(IReadOnlyList<ScanImage> images) => Classify(images, image => image.Name, image => image.Read(), image => image.HeatMap);

    /// <summary>Classifies whatever can be named and read.</summary>
    internal ScanResult[] Classify<T>(
        IReadOnlyList<T> files, Func<T, string> name, Func<T, Scan> decode, Func<T, HeatMapRequest?> wanted)
    {
        if (files.Count > _options.BatchSize)
            throw new ArgumentException($"{files.Count} files, and a batch holds {_options.BatchSize}.", nameof(files));
        var batch = _batch;
        var results = new ScanResult[files.Count];
        batch.Clear();
        for (int i = 0; i < files.Count; i++)
        {
            try
            {
                var scan = decode(files[i]);
                if (wanted(files[i]) is { IsDrawn: true }) _backdrops[batch.Count] = HeatMapPicture.Backdrop(scan);
                _readable[batch.Count] = i;
                batch.Add(scan, wanted(files[i]));
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
            return [.. files.SelectMany(file => Classify([file], name, decode, wanted))];
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
                var answer = batch.Answer(n, name(file), _trust, _options.Threshold);
                results[_readable[n]] = wanted(file) is { IsDrawn: true } && answer.Evidence is { } evidence
                    ? answer with { Picture = Drawn(_backdrops[n], evidence) } : answer;
            }
            catch (Exception e) when (ImageFault.IsOfOneImage(e))
            {
                results[_readable[n]] = ScanResult.Unreadable(name(file), ImageFault.Message(name(file), e));
            }
        }
        return results;
    }

    private static DrawnHeatMap Drawn(GreyPicture backdrop, PlacedEvidence evidence) =>
        new(HeatMapPicture.Draw(backdrop, evidence.Map, evidence.Area), backdrop.Width, backdrop.Height);
}
