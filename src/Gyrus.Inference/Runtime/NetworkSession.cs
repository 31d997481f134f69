using Gyrus.Imaging.Labels;
using Gyrus.Imaging.Tensors;
using Gyrus.Models;
using Microsoft.ML.OnnxRuntime;

namespace Gyrus.Inference.Runtime;

/// <summary>
/// A package's network in ONNX Runtime. Each call computes on the thread that makes it: batches side by side use the
/// cores better than the threads of one batch do, which wait for one another at every layer.
/// </summary>
internal sealed class NetworkSession : INetwork, IDisposable
{
    private readonly Lock _replacing = new();
    private readonly string? _graphFolder;
    private readonly ModelPackage _package;
    private InferenceSession _session;
    private InferenceSession? _replaced;
    private Task<bool>? _isWhole;
    private readonly RunOptions _runOptions = new();
    private readonly string[] _inputs;
    private readonly string[] _outputs;
    private readonly int _answers;
    private readonly Preprocessing _preprocessing;
    private bool _disposed;

    /// <param name="package">The package.</param>
    /// <param name="graphFolder">Where optimised graphs are kept; nowhere where null.</param>
    /// <param name="kept">The graph that was kept of its network, where it was opened already, and that network's hash; taken over.</param>
    /// <exception cref="GyrusException">The file is no network of this package.</exception>
    public NetworkSession(ModelPackage package, string? graphFolder = null, (KeptSession Graph, string NetworkHash)? kept = null)
    {
        OnnxRuntimeTelemetry.SwitchOff();
        (_package, _graphFolder, _preprocessing) = (package, graphFolder, package.Description.Preprocessing);
        Labels = package.Description.LabelSet();
        _inputs = [package.Description.Outputs.Input];
        _outputs = package.Description.Outputs.Novelty is { } novelty
            ? [package.Description.Outputs.Logits, novelty] : [package.Description.Outputs.Logits];
        _answers = _outputs.Length;
        if (kept is { } opened && opened.NetworkHash == package.Description.NetworkHash)
        {
            (_session, _isWhole) = opened.Graph;
        }
        else
        {
            kept?.Graph.Session.Dispose();
            _session = Load();
        }
        try
        {
            RequireShape(package, _session.InputMetadata, _inputs[0], 3, _preprocessing.Size, _preprocessing.Size);
            RequireShape(package, _session.OutputMetadata, _outputs[0], Labels.Count);
            if (HasNovelty) RequireShape(package, _session.OutputMetadata, _outputs[1]);
            if (package.Description.Outputs.Evidence is { } evidence) Evidence = Maps(package, evidence, ofLabels: false);
            if (package.Description.Outputs.LabelEvidence is { } labelEvidence) LabelEvidence = Maps(package, labelEvidence, ofLabels: true);
        }
        catch
        {
            _session.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public LabelSet Labels { get; }

    /// <inheritdoc/>
    public bool HasNovelty => _answers > 1;

    /// <inheritdoc/>
    public MapOutput? Evidence { get; }

    /// <inheritdoc/>
    public MapOutput? LabelEvidence { get; }

    /// <inheritdoc/>
    /// <remarks>May be called from many threads at once.</remarks>
    /// <exception cref="GyrusException">The network's file is not the one of its description, which is found out by the first answer where a graph was kept.</exception>
    public void Run(
        float[] batch, int count, Span<float> logits, Span<float> novelty = default, IReadOnlyList<(MapOutput Output, float[] Into)>? maps = null)
    {
        // The native library would end the process.
        ObjectDisposedException.ThrowIf(_disposed, this);
        var session = Volatile.Read(ref _session);
        Compute(session, batch, count, logits, novelty, maps);
        if (Sound(session) is var sound && sound != session) Compute(sound, batch, count, logits, novelty, maps);
    }

    private void Compute(
        InferenceSession session, float[] batch, int count, Span<float> logits, Span<float> novelty, IReadOnlyList<(MapOutput Output, float[] Into)>? maps)
    {
        using var input = OrtValue.CreateTensorValueFromMemory(
            OrtMemoryInfo.DefaultInstance,
            batch.AsMemory(0, count * _preprocessing.Length),
            [count, 3, _preprocessing.Size, _preprocessing.Size]);
        using var outputs = session.Run(
            _runOptions, _inputs, [input], maps is not { Count: > 0 } ? _outputs : [.. _outputs, .. maps.Select(map => map.Output.Name)]);
        outputs[0].GetTensorDataAsSpan<float>().CopyTo(logits);
        if (HasNovelty && !novelty.IsEmpty) outputs[1].GetTensorDataAsSpan<float>().CopyTo(novelty);
        for (int i = 0; i < maps?.Count; i++) outputs[_answers + i].GetTensorDataAsSpan<float>().CopyTo(maps[i].Into);
    }

    /// <summary>The session whose answers count: the one that is given, unless it is of a kept graph that turns out to be damaged or of another network.</summary>
    private InferenceSession Sound(InferenceSession session)
    {
        if (Volatile.Read(ref _isWhole) is not { } isWhole) return _session;
        bool whole = isWhole.GetAwaiter().GetResult();
        lock (_replacing)
        {
            if (_isWhole is null) return _session;
            if (!whole)
            {
                var loaded = Load();
                // Others may be computing with it until they ask whether it is sound.
                _replaced = session;
                Volatile.Write(ref _session, loaded);
            }
            Volatile.Write(ref _isWhole, null);
            return _session;
        }
    }

    public void Dispose()
    {
        _disposed = true;
        _runOptions.Dispose();
        _session.Dispose();
        _replaced?.Dispose();
    }

    /// <summary>Opens the graph that was kept of a package's network, while the package's description is still being read.</summary>
    /// <param name="folder">The package.</param>
    /// <param name="graphFolder">Where optimised graphs are kept.</param>
    /// <returns>The graph and the hash of the network that it is of; null where none is kept.</returns>
    public static (KeptSession Graph, string NetworkHash)? OpenKept(string folder, string graphFolder)
    {
        OnnxRuntimeTelemetry.SwitchOff();
        return ModelPackage.NetworkHash(folder) is { } hash && OptimisedGraph.PlaceOf(graphFolder, hash) is { } place
            && OptimisedGraph.Open(place, Path.Combine(folder, ModelPackage.OnnxFile), NewOptions) is { } kept ? (kept, hash) : null;
    }

    private InferenceSession Load()
    {
        try
        {
            return Make(_package, _graphFolder);
        }
        catch (OnnxRuntimeException e)
        {
            throw new GyrusException($"{_package.OnnxPath}: ONNX Runtime cannot load this network ({e.Message}). The file "
                + "is damaged or not of this package: export the model again.", e);
        }
    }

    private static InferenceSession Make(ModelPackage package, string? graphFolder)
    {
        var place = graphFolder is null ? null : OptimisedGraph.PlaceOf(graphFolder, package.Description.NetworkHash);
        var network = NetworkFile.Read(package);
        // Beside the loading, and of the same bytes: it takes a fraction of that time.
        var check = Task.Run(() => NetworkFile.Require(package, network));
        var temporary = place is null ? null : OptimisedGraph.Temporary(place);
        InferenceSession? session = null;
        try
        {
            session = OptimisedGraph.Make(network, temporary, NewOptions);
            check.GetAwaiter().GetResult();
            if (temporary is not null) OptimisedGraph.Keep(temporary, place!, network);
            return session;
        }
        catch (OnnxRuntimeException)
        {
            // A network of another model that cannot be loaded is told as one of another model.
            check.GetAwaiter().GetResult();
            throw;
        }
        catch
        {
            session?.Dispose();
            throw;
        }
        finally
        {
            if (temporary is not null) OptimisedGraph.Delete(temporary);
        }
    }

    private static SessionOptions NewOptions() => new()
    {
        GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
        IntraOpNumThreads = 1,
        InterOpNumThreads = 1,
        LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR,
    };

    private MapOutput Maps(ModelPackage package, string name, bool ofLabels)
    {
        var sizes = _session.OutputMetadata.TryGetValue(name, out var value) ? value.Dimensions : [];
        if (!ofLabels && sizes is [_, > 0, > 0]) return new MapOutput(name, 1, sizes[2], sizes[1]);
        if (ofLabels && sizes is [_, _, > 0, > 0] && sizes[1] == Labels.Count) return new MapOutput(name, Labels.Count, sizes[3], sizes[2]);
        throw new GyrusException($"{package.OnnxPath}: there is no '{name}' of shape [N, {(ofLabels ? $"{Labels.Count}, " : "")}H, W], which "
            + $"{ModelPackage.DescriptionFile} names. The two files are not of one model: export it again.");
    }

    private static void RequireShape(
        ModelPackage package, IReadOnlyDictionary<string, NodeMetadata> values, string name, params int[] sizes)
    {
        if (values.TryGetValue(name, out var value) && value.Dimensions.Skip(1).SequenceEqual(sizes)) return;
        var found = values.TryGetValue(name, out value) ? $"is [{string.Join(", ", value.Dimensions)}]" : "is missing";
        throw new GyrusException($"{package.OnnxPath}: '{name}' {found}, and {ModelPackage.DescriptionFile} needs "
            + $"[N, {string.Join(", ", sizes)}]. The two files are not of one model: export it again.");
    }
}
