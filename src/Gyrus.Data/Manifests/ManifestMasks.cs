using Gyrus.Imaging.Decoding;

namespace Gyrus.Data.Manifests;

/// <summary>Reads the masks of lesions that a manifest names.</summary>
public static class ManifestMasks
{
    /// <summary>The grey from which a pixel of a mask is lesion, of 255.</summary>
    private const byte Drawn = 128;

    /// <summary>Where a scan's lesion is drawn.</summary>
    /// <param name="manifest">The data set.</param>
    /// <param name="row">The scan's row.</param>
    /// <param name="scan">The scan.</param>
    /// <returns>[Height, Width] of the scan: whether a pixel is lesion; null where the manifest names no mask.</returns>
    /// <exception cref="ScanException">The mask cannot be read, or has another size than the scan.</exception>
    public static bool[]? Read(Manifest manifest, ManifestRow row, Scan scan)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        ArgumentNullException.ThrowIfNull(scan);
        if (manifest.MaskPath(row) is not { } path) return null;
        var mask = ScanDecoder.Read(path);
        if ((mask.Width, mask.Height) != (scan.Width, scan.Height))
        {
            throw new ScanException(path, ScanFault.Changed,
                $"the outline has {mask.Width} x {mask.Height} pixels and its scan {scan.Width} x {scan.Height}; draw it on the scan");
        }
        var lesion = new bool[mask.Width * mask.Height];
        for (int i = 0; i < lesion.Length; i++) lesion[i] = mask.Rgb[3 * i] >= Drawn;
        return lesion;
    }
}
