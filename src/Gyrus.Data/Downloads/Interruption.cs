namespace Gyrus.Data.Downloads;

/// <summary>Why a try ended before the file was whole, where another try may help.</summary>
/// <param name="Reason">A clause such as "the connection was cut".</param>
/// <param name="Cause">The error behind it, if any.</param>
/// <param name="Connected">Whether a server answered at all.</param>
/// <param name="RetryAfter">How long the server asked to be left alone, if it did.</param>
internal sealed record Interruption(
    string Reason,
    Exception? Cause = null,
    bool Connected = true,
    TimeSpan? RetryAfter = null);
