namespace Gyrus.Data.Scrubbing;

/// <summary>An image that was written without its metadata and surroundings.</summary>
/// <param name="Source">The path it was read from, as the source has it.</param>
/// <param name="Target">The path it was written to, relative to the folder of the copies, with forward slashes.</param>
/// <param name="HeadFound">Whether a head was found; where none was, the image was written whole.</param>
/// <param name="WritingLeft">Whether there is writing so close to the head that part of it is still there.</param>
public sealed record ScrubbedImage(string Source, string Target, bool HeadFound, bool WritingLeft)
{
    /// <summary>Whether a person should look at the copy before it is passed on.</summary>
    public bool NeedsALook => !HeadFound || WritingLeft;
}
