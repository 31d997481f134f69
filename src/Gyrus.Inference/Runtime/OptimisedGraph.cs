using System.Globalization;
using System.Runtime.Intrinsics.X86;
using System.Security.Cryptography;
using System.Text;
using Gyrus.Models;
using Microsoft.ML.OnnxRuntime;

namespace Gyrus.Inference.Runtime;

/// <summary>
/// A network as ONNX Runtime has optimised it for this processor, kept in a folder so that the next start need not do it again: a third of
/// a second for a ResNet50. Its weights lie in a file of their own, which is mapped and not read. The answers are the same to the bit.
/// </summary>
internal static class OptimisedGraph
{
    private const string GraphFile = "graph.onnx";
    private const string WeightsFile = "weights.bin";
    private const string HashFile = "hash.txt";

    /// <summary>Networks that are kept; those that were used least recently go.</summary>
    private const int MostKept = 3;

    /// <summary>Where a package's graph is kept: named by all that it depends on.</summary>
    /// <param name="folder">The folder of all graphs.</param>
    /// <param name="networkHash">The network's SHA-256, as the package's description has it.</param>
    /// <returns>The graph's own folder; null where nothing tells one network or processor from another.</returns>
    public static string? PlaceOf(string folder, string? networkHash)
    {
        if (networkHash is null || !X86Base.IsSupported) return null;
        var key = string.Join(' ', networkHash, OrtEnv.Instance().GetVersionString(), Processor());
        return Path.Combine(folder, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key))));
    }

    /// <summary>Opens a graph that was kept.</summary>
    /// <param name="place">Its folder.</param>
    /// <param name="network">The network's file: what is answered must not depend on whether a graph was kept, so it is to be the one that the graph was made of.</param>
    /// <param name="newOptions">Makes the session's options.</param>
    /// <returns>The session, and whether the graph is whole and of this network, which is found out beside the loading and longer; null where there is no graph, or one that cannot be
    /// loaded.</returns>
    public static KeptSession? Open(string place, string network, Func<SessionOptions> newOptions)
    {
        try
        {
            if (!File.Exists(Path.Combine(place, HashFile))) return null;
            var wanted = File.ReadAllText(Path.Combine(place, HashFile));
            var isWhole = Task.Run(() => IsWhole(place, network, wanted));
            using var options = newOptions();
            options.GraphOptimizationLevel = GraphOptimizationLevel.ORT_DISABLE_ALL;
            var session = new InferenceSession(Path.Combine(place, GraphFile), options);
            Touch(place);
            return new KeptSession(session, isWhole);
        }
        catch (Exception e) when (e is OnnxRuntimeException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>A folder for a graph that is not to be kept yet.</summary>
    /// <param name="place">Where the graph may be kept.</param>
    public static string Temporary(string place) => place + ".tmp-" + Path.GetRandomFileName();

    /// <summary>Opens a network, and writes what becomes of it if it can.</summary>
    /// <param name="network">The network's bytes.</param>
    /// <param name="temporary">The folder that is made for the graph; null to write none.</param>
    /// <param name="newOptions">Makes the session's options.</param>
    /// <exception cref="OnnxRuntimeException">ONNX Runtime cannot load the network.</exception>
    public static InferenceSession Make(byte[] network, string? temporary, Func<SessionOptions> newOptions)
    {
        try
        {
            if (temporary is not null)
            {
                Directory.CreateDirectory(temporary);
                using var writing = newOptions();
                writing.OptimizedModelFilePath = Path.Combine(temporary, GraphFile);
                writing.AddSessionConfigEntry("session.optimized_model_external_initializers_file_name", WeightsFile);
                writing.AddSessionConfigEntry("session.optimized_model_external_initializers_min_size_in_bytes", "1024");
                return new InferenceSession(network, writing);
            }
        }
        catch (Exception e) when (e is OnnxRuntimeException or IOException or UnauthorizedAccessException)
        {
            // A full disk or a folder that cannot be written, perhaps; where it is the network, what follows says so.
        }
        using var options = newOptions();
        return new InferenceSession(network, options);
    }

    /// <summary>Keeps a graph that was written, if it was and if it can be.</summary>
    /// <param name="temporary">Where it is.</param>
    /// <param name="place">Where it goes; what is there is replaced.</param>
    /// <param name="network">The bytes of the network that it was made of.</param>
    public static void Keep(string temporary, string place, byte[] network)
    {
        try
        {
            if (!File.Exists(Path.Combine(temporary, GraphFile))) return;
            // A network without large weights has no file of them.
            File.Open(Path.Combine(temporary, WeightsFile), FileMode.OpenOrCreate).Dispose();
            AtomicFile.WriteText(Path.Combine(temporary, HashFile), HashesOf(temporary, NetworkFile.Hash(network)));
            Delete(place);
            Directory.Move(temporary, place);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The disk is full, or another process has kept the same in the meantime.
            return;
        }
        foreach (var old in new DirectoryInfo(Path.GetDirectoryName(place)!).GetDirectories()
            .OrderByDescending(kept => kept.LastWriteTimeUtc).Skip(MostKept))
        {
            Delete(old.FullName);
        }
    }

    private static bool IsWhole(string place, string network, string wanted)
    {
        try
        {
            return HashesOf(place, HashOf(network)) == wanted;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>Against damage, not against harm: whoever can write here can run programs as the user.</summary>
    private static string HashesOf(string place, string network) => $"{network} {HashOf(Path.Combine(place, GraphFile))} {HashOf(Path.Combine(place, WeightsFile))}";

    private static string HashOf(string path)
    {
        using var file = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(file));
    }

    private static void Touch(string place)
    {
        try
        {
            Directory.SetLastWriteTimeUtc(place, TimeProvider.System.GetUtcNow().UtcDateTime);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A folder that may only be read serves as well; it is then the first to go.
        }
    }

    /// <summary>Deletes a folder if it is there and can be deleted.</summary>
    /// <param name="folder">The folder.</param>
    public static void Delete(string folder)
    {
        try
        {
            if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It is a cache: what cannot be deleted now is tried again with the next graph.
        }
    }

    /// <summary>What the processor can do, as it says itself: Intel's manual, volume 2, CPUID. The optimised graph is laid out for
    /// it.</summary>
    private static string Processor()
    {
        var (_, vendor, vendor3, vendor2) = X86Base.CpuId(0, 0);
        var (model, _, features, moreFeatures) = X86Base.CpuId(1, 0);
        var (_, wide, wider, widest) = X86Base.CpuId(7, 0);
        // Whether a system saves these registers for a program (OSXSAVE) is in the features; the processor's own number is not.
        return string.Create(CultureInfo.InvariantCulture,
            $"{vendor:x}{vendor2:x}{vendor3:x} {model:x} {features:x} {moreFeatures:x} {wide:x} {wider:x} {widest:x}");
    }
}

/// <summary>A graph that was kept, opened.</summary>
/// <param name="Session">The session.</param>
/// <param name="IsWhole">Whether the graph is as it was written, and of the network that lies in the package: until that is known, no answer of it counts.</param>
internal sealed record KeptSession(InferenceSession Session, Task<bool> IsWhole);
