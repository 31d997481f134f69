using Gyrus.Data.Manifests;
using Gyrus.Imaging.Decoding;
using Gyrus.Imaging.Tensors;
using Gyrus.Learning.Features;
using static TorchSharp.torch;

namespace Gyrus.Learning.Training;

/// <summary>Some images as the input of a whole network where it is measured: decoded exactly as inference decodes
/// them.</summary>
/// <param name="Rows">Those that can be read.</param>
/// <param name="Inputs">[N, 3, Size, Size], for the taker to dispose.</param>
internal sealed record ScanBatch(IReadOnlyList<ManifestRow> Rows, Tensor Inputs);

/// <summary>Reads images batch by batch, each once.</summary>
internal static class ScanBatches
{
    /// <summary>Reads images as they are asked for. What cannot be used is told and left out.</summary>
    /// <param name="manifest">The data set.</param>
    /// <param name="rows">The images.</param>
    /// <param name="preprocessing">How scans become the network's input.</param>
    /// <param name="size">Images a batch; fewer where some cannot be used. A batch of none is not given.</param>
    /// <param name="onUnusable">Told of each image that cannot be used, in their order.</param>
    /// <param name="cancellation">Stops the work.</param>
    public static IEnumerable<ScanBatch> Read(
        Manifest manifest,
        IReadOnlyList<ManifestRow> rows,
        Preprocessing preprocessing,
        int size,
        Action<UnusableScan>? onUnusable,
        CancellationToken cancellation)
    {
        foreach (var batch in rows.Chunk(size))
        {
            var values = new float[]?[batch.Length];
            var faults = new string?[batch.Length];
            Parallel.For(0, batch.Length, new ParallelOptions { CancellationToken = cancellation }, i =>
            {
                try
                {
                    var tensor = new float[preprocessing.Length];
                    ScanTensor.Write(ManifestScans.Read(manifest, batch[i]), preprocessing, tensor);
                    values[i] = tensor;
                }
                catch (Exception e) when (ImageFault.IsOfOneImage(e))
                {
                    faults[i] = ImageFault.Message(manifest.FullPath(batch[i]), e);
                }
            });
            for (int i = 0; i < batch.Length; i++)
            {
                if (faults[i] is { } reason) onUnusable?.Invoke(new UnusableScan(batch[i], reason));
            }
            List<ManifestRow> read = [.. batch.Where((_, i) => values[i] is not null)];
            if (read.Count == 0) continue;
            float[] all = [.. values.OfType<float[]>().SelectMany(tensor => tensor)];
            yield return new ScanBatch(read, tensor(all, [read.Count, 3, preprocessing.Size, preprocessing.Size]));
        }
    }
}
