namespace Gyrus.Data.Downloads;

/// <summary>What kept a download from ending.</summary>
public enum DownloadProblem
{
    /// <summary>No connection: no network, a name that is not known, a refused or insecure connection.</summary>
    NoNetwork,

    /// <summary>The server has no such file (404, 410).</summary>
    NotFound,

    /// <summary>The server wants a login or refuses this client (401, 403, 407).</summary>
    Refused,

    /// <summary>The server answered something that is not the file and that trying again does not change.</summary>
    UnexpectedAnswer,

    /// <summary>All bytes came, but they are not the expected ones; they were removed.</summary>
    WrongContent,

    /// <summary>The file is larger than the free space on the disk.</summary>
    NoSpace,

    /// <summary>A file could not be written.</summary>
    Disk,

    /// <summary>Several tries in a row got no further; what came is kept.</summary>
    GaveUp,
}

/// <summary>A download that did not end; the message says why and what to do.</summary>
public sealed class DownloadException : GyrusException
{
    /// <summary>Makes the error.</summary>
    /// <param name="problem">What kept the download from ending.</param>
    /// <param name="message">Which address or file, what is wrong, what to do.</param>
    /// <param name="inner">The error behind it, if any.</param>
    public DownloadException(DownloadProblem problem, string message, Exception? inner = null)
        : base(message, inner) => Problem = problem;

    /// <summary>What kept the download from ending.</summary>
    public DownloadProblem Problem { get; }
}
