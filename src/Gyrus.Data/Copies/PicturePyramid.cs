using Gyrus.Imaging.Grey;

namespace Gyrus.Data.Copies;

/// <summary>A picture and the halves of it: pictures are laid on one another from the smallest up.</summary>
/// <param name="Levels">The largest first; it is smoothed, so that what compression left between pixels is gone.</param>
internal sealed record PicturePyramid(GreyPicture[] Levels)
{
    /// <summary>Levels in all: a side of 128, 64 and 32 pixels.</summary>
    public const int Count = 3;

    /// <summary>Halves a picture twice.</summary>
    public static PicturePyramid Of(GreyPicture picture)
    {
        var half = Halved(picture);
        return new PicturePyramid([Smoothed(picture), half, Halved(half)]);
    }

    /// <summary>Blurred with 1 2 1 across and down.</summary>
    private static GreyPicture Smoothed(GreyPicture picture)
    {
        int width = picture.Width, height = picture.Height;
        var pixels = picture.Pixels;
        var across = new int[pixels.Length];
        var result = new byte[pixels.Length];
        for (int y = 0, at = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++, at++)
                across[at] = (2 * pixels[at]) + pixels[x > 0 ? at - 1 : at] + pixels[x < width - 1 ? at + 1 : at];
        }
        for (int y = 0, at = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++, at++)
            {
                int sum = (2 * across[at]) + across[y > 0 ? at - width : at] + across[y < height - 1 ? at + width : at];
                result[at] = (byte)((sum + 8) >> 4);
            }
        }
        return new GreyPicture(width, height, result);
    }

    private static GreyPicture Halved(GreyPicture picture)
    {
        int width = Math.Max(1, picture.Width / 2), height = Math.Max(1, picture.Height / 2);
        var pixels = picture.Pixels;
        var result = new byte[width * height];
        int right = picture.Width > 1 ? 1 : 0, below = picture.Height > 1 ? picture.Width : 0;
        for (int y = 0; y < height; y++)
        {
            for (int x = 0, at = 2 * y * picture.Width; x < width; x++, at += 2)
            {
                int sum = pixels[at] + pixels[at + right] + pixels[at + below] + pixels[at + below + right];
                result[(y * width) + x] = (byte)((sum + 2) >> 2);
            }
        }
        return new GreyPicture(width, height, result);
    }
}
