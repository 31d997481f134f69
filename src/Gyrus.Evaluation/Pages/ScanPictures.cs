using Gyrus.Data.Manifests;
using Gyrus.Evaluation.Scans;
using Gyrus.Imaging.Decoding;
using Gyrus.Imaging.Grey;
using Gyrus.Imaging.Thumbnails;
using Gyrus.Inference;
using Gyrus.Inference.HeatMaps;

namespace Gyrus.Evaluation.Pages;

/// <summary>Pictures of scans, small enough to stand in a page: each beside its heat map, where the model gives one.</summary>
/// <param name="manifest">The data set.</param>
/// <param name="classifier">The model that explains its answers; null for scans alone.</param>
/// <param name="most">How many are drawn at most.</param>
/// <param name="progress">Takes the number of pictures drawn.</param>
/// <param name="cancellation">Ends the work.</param>
internal sealed class ScanPictures(
    Manifest manifest, ScanClassifier? classifier, int most, IProgress<WorkProgress>? progress, CancellationToken cancellation)
{
    private const int Side = 256;

    private readonly Dictionary<string, ManifestRow> _rows = manifest.Rows.ToDictionary(row => row.Path);
    private int _drawn;

    /// <summary>A scan and its heat map.</summary>
    /// <param name="scan">A scan of the data set, by its path.</param>
    /// <returns>A JPEG or PNG file each; null where the file is gone, or there is no heat map.</returns>
    public (byte[]? Scan, byte[]? HeatMap) Of(ScoredScan scan)
    {
        cancellation.ThrowIfCancellationRequested();
        progress?.Report(new WorkProgress("pictures", _drawn++, most));
        try
        {
            var image = ManifestScans.Read(manifest, _rows[scan.Path]);
            return (Thumbnail.Jpeg(image, Side), HeatMap(image));
        }
        catch (Exception e) when (ImageFault.IsOfOneImage(e))
        {
            return (null, null);
        }
    }

    private byte[]? HeatMap(Scan image)
    {
        if (classifier is null || classifier.Refusal(new HeatMapRequest()) is not null) return null;
        var explanation = classifier.Explain(image);
        var backdrop = GreyPicture.Of(image);
        if (Math.Max(backdrop.Width, backdrop.Height) > Side) backdrop = backdrop.ScaledTo(Side);
        return HeatMapPicture.Draw(backdrop, explanation.Map, explanation.Area);
    }
}
