using Gyrus.Data.Downloads;
using Gyrus.Learning.Backbones;

namespace Gyrus.Learning.Weights;

/// <summary>A backbone's weights in the store.</summary>
/// <param name="Backbone">The backbone's name.</param>
/// <param name="Path">The file.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="BatchNormEpsilon">The number under batch norm's root that goes with the weights.</param>
/// <param name="Source">Where the weights came from.</param>
/// <param name="Licence">What is known of their licence.</param>
/// <param name="Hash">What they are: <see cref="BackboneWeights.Hash"/>.</param>
public sealed record WeightsEntry(
    string Backbone, string Path, long Bytes, double BatchNormEpsilon, string Source, string Licence, string Hash);

/// <summary>The pretrained weights on this machine: a folder with one safetensors file a backbone.</summary>
/// <param name="folder">The folder; it is made when it is first needed.</param>
public sealed class WeightStore(string folder)
{
    /// <summary>Takes weights that are already on this machine into the store; older ones are replaced.</summary>
    /// <param name="path">A file or folder that <see cref="KerasWeights.Load"/> can read.</param>
    /// <param name="backbone">The backbone that the weights are of; null to see it from the weights.</param>
    /// <param name="licence">Their licence, for the model card; null where it is not known.</param>
    /// <param name="source">Where they are from, in words, for the model card; null for the file's name.</param>
    /// <exception cref="GyrusException">The weights cannot be read, are of no known backbone, or the store cannot be
    /// written.</exception>
    public WeightsEntry Add(string path, Backbone? backbone = null, string? licence = null, string? source = null)
    {
        var weights = backbone is null ? Recognise(path) : KerasWeights.Load(path, backbone);

        // Only Gyrus's own file, such as one from another machine's store, tells another source than its path.
        if (weights.Source != path)
        {
            return Keep(
                weights with { Source = source ?? weights.Source }, licence ?? BackboneFile.ReadNotes(path).Licence);
        }
        var name = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(path)));
        return Keep(
            weights with { Source = source ?? $"added from {name}" }, licence ?? "that of the source; not told to Gyrus");
    }

    /// <summary>Downloads Keras's public file of a backbone's weights into the store.</summary>
    /// <param name="backbone">The backbone.</param>
    /// <param name="client">Makes the connections.</param>
    /// <param name="progress">Told of the download, in megabytes.</param>
    /// <param name="cancellation">Stops; the part that was downloaded is kept for the next time.</param>
    /// <exception cref="DownloadException">The file cannot be had or is not what was published.</exception>
    /// <exception cref="GyrusException">No public weights of the backbone are known, or the store cannot be written.</exception>
    public Task<WeightsEntry> GetAsync(
        Backbone backbone, HttpClient client, IProgress<WorkProgress>? progress, CancellationToken cancellation) =>
        GetAsync(
            backbone,
            backbone.Published ?? throw new GyrusException(
                backbone.Shipped is null ? $"No public weights of {backbone.Name} are known. Add them from a file that you have."
                    : $"The weights of {backbone.Name} come with Gyrus: there is nothing to download."),
            client, progress, cancellation);

    internal async Task<WeightsEntry> GetAsync(
        Backbone backbone,
        PublishedWeights published,
        HttpClient client,
        IProgress<WorkProgress>? progress,
        CancellationToken cancellation)
    {
        var file = Path.Combine(folder, Path.GetFileName(published.Address.LocalPath));
        var request = new DownloadRequest(published.Address, file, published.Hash);
        await Download.RunAsync(client, request, options: null, progress, cancellation);
        var weights = KerasWeights.Load(file, backbone);
        var entry = Keep(weights with { Source = published.Address.AbsoluteUri }, published.Licence);
        File.Delete(file);
        return entry;
    }

    /// <summary>The weights of a backbone: those in the store, else those that came with the program.</summary>
    /// <exception cref="MissingWeightsException">There are none.</exception>
    /// <exception cref="GyrusException">The file is damaged.</exception>
    public BackboneWeights Require(Backbone backbone)
    {
        var path = PathOf(backbone.Name);
        if (File.Exists(path)) return BackboneFile.Read(path, backbone);
        if (backbone.Shipped is { } shipped && Path.Combine(AppContext.BaseDirectory, "weights", shipped.File) is var file && File.Exists(file))
            return OnnxBackbone.Load(file, backbone) with { Source = $"{shipped.File}, which comes with Gyrus" };
        throw new MissingWeightsException(backbone.Name, path);
    }

    /// <summary>The licence of a backbone's weights, in words.</summary>
    /// <exception cref="GyrusException">There are none, or the file is damaged.</exception>
    public string Licence(Backbone backbone)
    {
        ArgumentNullException.ThrowIfNull(backbone);
        var path = PathOf(backbone.Name);
        return File.Exists(path) ? BackboneFile.ReadNotes(path).Licence : backbone.Shipped?.Licence ?? throw new MissingWeightsException(backbone.Name, path);
    }

    /// <summary>What is in the store, in the order of <see cref="Backbone.All"/>.</summary>
    /// <exception cref="GyrusException">A file is damaged.</exception>
    public IReadOnlyList<WeightsEntry> List() =>
        [.. Backbone.All.Select(backbone => PathOf(backbone.Name)).Where(File.Exists).Select(Entry)];

    private static BackboneWeights Recognise(string path)
    {
        var refusals = new List<string>();
        foreach (var backbone in Backbone.All)
        {
            try
            {
                return KerasWeights.Load(path, backbone);
            }
            catch (GyrusException e)
            {
                refusals.Add(e.Message);
            }
        }

        // A file that cannot be read is refused in the same words for each backbone.
        throw new GyrusException(string.Join(Environment.NewLine, refusals.Distinct()));
    }

    private WeightsEntry Keep(BackboneWeights weights, string licence)
    {
        var path = PathOf(weights.Backbone);
        try
        {
            BackboneFile.Write(path, weights, licence);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new GyrusException($"{path}: the weights cannot be written: {e.Message.TrimEnd('.')}. Make room, or "
                + "name another folder in the variable GYRUS_CACHE.", e);
        }
        return Entry(path);
    }

    private static WeightsEntry Entry(string path)
    {
        var notes = BackboneFile.ReadNotes(path);
        return new WeightsEntry(notes.Backbone, path, new FileInfo(path).Length, notes.Epsilon, notes.Source,
            notes.Licence, notes.Hash);
    }

    private string PathOf(string backbone) => Path.Combine(folder, backbone + ".safetensors");
}
