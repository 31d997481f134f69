namespace Gyrus.Server.Studies;

/// <summary>How much a request to answer studies may bring.</summary>
/// <param name="LargestStudy">Bytes of all files of it at most, and of a volume that one of them unfolds to.</param>
/// <param name="MostImages">Files, and images in them, at most.</param>
/// <param name="PixelLimit">Width times height of an image at most.</param>
internal sealed record StudyLimits(long LargestStudy, int MostImages, long PixelLimit);
