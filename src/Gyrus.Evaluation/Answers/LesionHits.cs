using Gyrus.Data.Manifests;
using Gyrus.Evaluation.Scans;
using Gyrus.Imaging.Decoding;
using Gyrus.Imaging.HeadRegion;
using Gyrus.Inference;
using Gyrus.Inference.HeatMaps;

namespace Gyrus.Evaluation.Answers;

/// <summary>Looks whether heat maps point at the lesions that a data set's masks show.</summary>
internal static class LesionHits
{
    /// <summary>The scans, those with a drawn lesion with what their heat map hits.</summary>
    /// <param name="explainer">Makes the heat maps, of a tumour.</param>
    /// <param name="manifest">The data set.</param>
    /// <param name="scans">Scans of it, by their paths.</param>
    /// <param name="progress">Told of each scan with a mask.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <exception cref="GyrusException">A mask does not fit its scan, or the model gives no heat maps.</exception>
    public static IReadOnlyList<ScoredScan> Of(
        ScanClassifier explainer, Manifest manifest, IReadOnlyList<ScoredScan> scans, IProgress<WorkProgress>? progress, CancellationToken cancellation)
    {
        var rows = manifest.Rows.Where(row => manifest.MaskPath(row) is not null).ToDictionary(row => row.Path);
        int wanted = scans.Count(scan => rows.ContainsKey(scan.Path)), done = 0;
        ScoredScan Looked(ScoredScan scan)
        {
            if (!rows.TryGetValue(scan.Path, out var row)) return scan;
            cancellation.ThrowIfCancellationRequested();
            var pixels = ManifestScans.Read(manifest, row);
            var lesion = ManifestMasks.Read(manifest, row, pixels)!;
            progress?.Report(new WorkProgress("heat maps on lesions", ++done, wanted));
            if (!lesion.Contains(true)) return scan;
            var explanation = explainer.Explain(pixels);
            return scan with { LesionHit = lesion[Strongest(explanation, pixels)], LesionShare = Share(lesion, HeadFinder.Find(pixels)) };
        }

        return [.. scans.Select(Looked)];
    }

    /// <summary>The pixel where the evidence for a tumour is largest, the first of several.</summary>
    private static int Strongest(Explanation explanation, Scan scan)
    {
        var map = explanation.Map.Over(explanation.Area, scan.Width, scan.Height);
        int strongest = -1;
        for (int i = 0; i < map.Length; i++)
        {
            // A map is 0 outside its area, which may be more than all that it has within.
            if (Covers(explanation.Area, scan, i) && (strongest < 0 || map[i] > map[strongest])) strongest = i;
        }
        return strongest;
    }

    private static bool Covers(ImageArea area, Scan scan, int pixel)
    {
        double x = ((pixel % scan.Width) + 0.5) / scan.Width, y = ((pixel / scan.Width) + 0.5) / scan.Height;
        return x >= area.Left && x <= area.Left + area.Width && y >= area.Top && y <= area.Top + area.Height;
    }

    private static double Share(bool[] lesion, HeadMask? head)
    {
        int drawn = 0, all = 0;
        for (int i = 0; i < lesion.Length; i++)
        {
            if (head?.Inside[i] == false) continue;
            all++;
            if (lesion[i]) drawn++;
        }
        return (double)drawn / Math.Max(1, all);
    }
}
