using System.Security.Cryptography;
using Gyrus.Imaging.Decoding;

namespace Gyrus.Data.Manifests;

/// <summary>Reads the images of a manifest, and only those: what is decoded is what the manifest's hash says, so that no other
/// image is trained on, or judged, under that hash.</summary>
public static class ManifestScans
{
    /// <summary>Reads an image's bytes, compares them with the manifest's SHA-256, and decodes the same bytes.</summary>
    /// <param name="manifest">The data set.</param>
    /// <param name="row">The image.</param>
    /// <exception cref="ScanException">The file cannot be read as a scan, or has changed since the manifest was
    /// written.</exception>
    /// <exception cref="GyrusException">The native image library is missing.</exception>
    public static Scan Read(Manifest manifest, ManifestRow row)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        ArgumentNullException.ThrowIfNull(row);
        var path = manifest.FullPath(row);
        var bytes = ScanDecoder.ReadBytes(path);
        if (Convert.ToHexStringLower(SHA256.HashData(bytes)) != row.Sha256)
        {
            throw new ScanException(path, ScanFault.Changed,
                "the file has changed since the manifest was written; import the data set again");
        }
        return ScanDecoder.Decode(path, bytes);
    }
}
