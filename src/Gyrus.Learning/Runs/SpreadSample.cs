using Gyrus.Data.Manifests;
using Gyrus.Imaging.Decoding;
using Gyrus.Imaging.Tensors;
using Gyrus.Learning.Features;

namespace Gyrus.Learning.Runs;

/// <summary>A few images of one part of a data set, as a network takes them.</summary>
internal static class SpreadSample
{
    /// <summary>Reads images, from each label as many as from another as far as there are, always the same ones. What
    /// cannot be used is passed over.</summary>
    /// <param name="manifest">The data set.</param>
    /// <param name="hashes">SHA-256 of the images of the part.</param>
    /// <param name="count">The number of images that is enough.</param>
    /// <param name="preprocessing">How a scan becomes the network's input.</param>
    /// <param name="onUnusable">Told of each image that was passed over.</param>
    /// <returns>At most <paramref name="count"/> images, each [3, size, size].</returns>
    public static List<float[]> Read(
        Manifest manifest,
        IEnumerable<string> hashes,
        int count,
        Preprocessing preprocessing,
        Action<UnusableScan>? onUnusable = null)
    {
        var part = hashes.ToHashSet();
        var rows = manifest.Rows
            .Where(row => part.Contains(row.Sha256))
            .GroupBy(row => row.Label)
            .SelectMany(label => label.OrderBy(row => row.Sha256, StringComparer.Ordinal).Select((row, turn) => (row, turn)))
            .OrderBy(pair => pair.turn)
            .ThenBy(pair => pair.row.Label, StringComparer.Ordinal)
            .Select(pair => pair.row);
        List<float[]> images = [];
        foreach (var row in rows)
        {
            if (images.Count == count) break;
            try
            {
                var values = new float[preprocessing.Length];
                ScanTensor.Write(ManifestScans.Read(manifest, row), preprocessing, values);
                images.Add(values);
            }
            catch (Exception e) when (ImageFault.IsOfOneImage(e))
            {
                onUnusable?.Invoke(new UnusableScan(row, ImageFault.Message(manifest.FullPath(row), e)));
            }
        }
        return images;
    }
}
