namespace Gyrus.Data.Surroundings;

/// <summary>The head on an image, and what is around it.</summary>
/// <param name="HeadFound">Whether a head was found at all.</param>
/// <param name="HeadShare">Share of the image's pixels that the head covers, 0 to 1.</param>
/// <param name="BurnedInText">Whether there is writing or drawing outside the head that can be read as the image
/// stands.</param>
/// <param name="Columns">What a classifier of shortcuts is given, each 0 to 1:
/// <see cref="SurroundingsColumns.Count"/> numbers in the order that <see cref="SurroundingsColumns"/> tells.</param>
public sealed record SurroundingsFacts(bool HeadFound, double HeadShare, bool BurnedInText, float[] Columns)
{
    /// <summary>Whether there is writing or drawing outside the head, be it too small or too dim to be read. True
    /// wherever <see cref="BurnedInText"/> is.</summary>
    public bool FaintText { get; init; }
}
