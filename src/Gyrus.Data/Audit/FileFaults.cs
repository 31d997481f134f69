using Gyrus.Data.Examining;
using Gyrus.Imaging.Decoding;

namespace Gyrus.Data.Audit;

/// <summary>Images that can be read and are odd, as paths.</summary>
/// <param name="Blank">That show next to nothing.</param>
/// <param name="Tiny">With a side below <see cref="TinySide"/>.</param>
/// <param name="Squashed">With one side more than <see cref="SquashedRatio"/> times the other: a network's square input
/// squashes them.</param>
/// <param name="WrongExtensions">Whose name ends as files of another format do.</param>
public sealed record FileFaults(
    IReadOnlyList<string> Blank,
    IReadOnlyList<string> Tiny,
    IReadOnlyList<string> Squashed,
    IReadOnlyList<WrongExtension> WrongExtensions)
{
    /// <summary>The least side, in pixels, that is not tiny: under a third of what networks are given.</summary>
    public const int TinySide = 64;

    /// <summary>The largest ratio of the sides that is not called squashed.</summary>
    public const double SquashedRatio = 1.25;

    internal static FileFaults Of(IReadOnlyList<ExaminedImage> images) => new(
        Paths(images, facts => facts.Blank),
        Paths(images, facts => Math.Min(facts.Width, facts.Height) < TinySide),
        Paths(images, facts =>
            Math.Max(facts.Width, facts.Height) > SquashedRatio * Math.Min(facts.Width, facts.Height)),
        [.. images.Where(image => !Extensions(image.Facts.Format).Contains(
                Path.GetExtension(image.Path), StringComparer.OrdinalIgnoreCase))
            .Select(image => new WrongExtension(image.Path, image.Facts.Format))]);

    private static List<string> Paths(IReadOnlyList<ExaminedImage> images, Func<ImageFacts, bool> choose) =>
        [.. images.Where(image => choose(image.Facts)).Select(image => image.Path)];

    private static IReadOnlyList<string> Extensions(string format) => ImageFormats.All.First(known => known.Name == format).Extensions;
}

/// <summary>An image whose name does not say what it holds.</summary>
/// <param name="Path">The image.</param>
/// <param name="Format">The format of its content.</param>
public sealed record WrongExtension(string Path, string Format);
