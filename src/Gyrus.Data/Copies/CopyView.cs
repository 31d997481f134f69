using Gyrus.Imaging.Grey;

namespace Gyrus.Data.Copies;

/// <summary>What an image's fingerprint is unfolded to while copies are looked for.</summary>
/// <param name="Pyramid">What is compared.</param>
/// <param name="Contrast">What is looked for in the index, half the size.</param>
/// <param name="Frames">Where it is looked at: the whole, and what plain margins leave.</param>
/// <param name="Spectra">The waves of each frame.</param>
internal sealed record CopyView(PicturePyramid Pyramid, GreyPicture Contrast, CopyFrame[] Frames, Waves[] Spectra)
{
    /// <summary>The number of frames.</summary>
    public const int FrameCount = 2;

    /// <summary>Unfolds a picture.</summary>
    public static CopyView Of(GreyPicture picture)
    {
        var pyramid = PicturePyramid.Of(picture);
        var contrast = LocalContrast.Of(pyramid.Levels[1]);
        CopyFrame[] frames = [CopyFrame.Whole(picture), CopyFrame.Content(picture)];
        return new CopyView(pyramid, contrast, frames, [.. frames.Select(frame => PolarSpectrum.Of(contrast, frame.Halved()))]);
    }
}
