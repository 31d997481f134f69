namespace Gyrus.Imaging.Decoding;

/// <summary>What is to be said of an image on which work went wrong, in a loop over many: it costs the image its answer and the
/// others nothing.</summary>
public static class ImageFault
{
    /// <summary>Whether an exception is the fault of the image that was worked on: whatever it is, but for the end of the work
    /// (<see cref="OperationCanceledException"/>) and for what every other image would meet too: a <see cref="GyrusException"/>
    /// that is no <see cref="ScanException"/>, such as a missing library, and a disk that is full
    /// (<see cref="IOException"/>).</summary>
    /// <param name="exception">What was thrown.</param>
    public static bool IsOfOneImage(Exception exception) => exception switch
    {
        ScanException => true,
        GyrusException or OperationCanceledException or IOException or UnauthorizedAccessException => false,
        _ => true,
    };

    /// <summary>The words for it, which name the image: an exception's own where it was made for the user, else that Gyrus
    /// failed.</summary>
    /// <param name="path">The image.</param>
    /// <param name="exception">What was thrown.</param>
    public static string Message(string path, Exception exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        return exception switch
        {
            ScanException e => e.Message,
            OutOfMemoryException => $"{path}: there is not enough memory for this image; make it smaller, or give gyrus more memory",
            _ => $"{path}: gyrus failed on this image; please report it with the image if you may ({exception.GetType().Name}: "
                + $"{exception.Message})",
        };
    }
}
