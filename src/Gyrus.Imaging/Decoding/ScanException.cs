namespace Gyrus.Imaging.Decoding;

/// <summary>Why a file could not be read as a scan.</summary>
public enum ScanFault
{
    /// <summary>The file holds no byte.</summary>
    Empty,

    /// <summary>The file begins as an image and ends too early, or its data is damaged.</summary>
    Truncated,

    /// <summary>The content is in no format that Gyrus reads.</summary>
    NotAnImage,

    /// <summary>The file holds several frames or pages.</summary>
    Animated,

    /// <summary>The image has more pixels than the limit allows.</summary>
    TooLarge,

    /// <summary>The file is not there, or may not be read.</summary>
    Unreadable,

    /// <summary>The file is not the one that a manifest was written for.</summary>
    Changed,
}

/// <summary>A file could not be read as a scan. The message says which file, what is wrong and what to do.</summary>
public sealed class ScanException : GyrusException
{
    /// <summary>Makes the error.</summary>
    /// <param name="path">The file, as the user named it.</param>
    /// <param name="fault">What is wrong.</param>
    /// <param name="message">What is wrong and what to do, in words; the path is put in front of it.</param>
    /// <param name="inner">The error behind it, if any.</param>
    public ScanException(string path, ScanFault fault, string message, Exception? inner = null)
        : base($"{path}: {message}", inner)
    {
        Path = path;
        Fault = fault;
    }

    /// <summary>The file, as the user named it.</summary>
    public string Path { get; }

    /// <summary>What is wrong with it.</summary>
    public ScanFault Fault { get; }
}
