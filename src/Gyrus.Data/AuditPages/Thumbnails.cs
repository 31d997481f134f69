using Gyrus.Data.Examining;
using Gyrus.Data.Manifests;
using Gyrus.Data.Pages;
using Gyrus.Imaging.Decoding;
using Gyrus.Imaging.Thumbnails;

namespace Gyrus.Data.AuditPages;

/// <summary>Pictures of a data set's images, small enough to stand in a page.</summary>
internal sealed class Thumbnails
{
    private const int Side = 160;

    private readonly Dictionary<string, string?> _made = [];

    /// <summary>A picture of an image.</summary>
    public PageShot Shot(ExaminedImage image)
    {
        var part = SplitNames.Name(image.Split);
        var what = string.Join(", ", ((string[])[image.Label ?? "", part.Length > 0 ? part + " part" : ""])
            .Where(word => word.Length > 0).Append(image.Path));
        return new PageShot(Data(image.FullPath), what, image.Path, image.Label ?? "", part);
    }

    private string? Data(string path)
    {
        if (_made.TryGetValue(path, out var made)) return made;
        try
        {
            return _made[path] =
                "data:image/jpeg;base64," + Convert.ToBase64String(Thumbnail.Jpeg(ScanDecoder.Read(path), Side));
        }
        catch (Exception e) when (ImageFault.IsOfOneImage(e))
        {
            return _made[path] = null; // The file is gone, or another, since it was examined.
        }
    }
}
