namespace Gyrus.Dicom;

/// <summary>Why a DICOM or NIfTI file could not be read.</summary>
public enum DicomFault
{
    /// <summary>The file holds no byte.</summary>
    Empty,

    /// <summary>The file ends too early, or its data is damaged.</summary>
    Damaged,

    /// <summary>It is no such file, or its pixels are of a kind that Gyrus does not read.</summary>
    NotRead,

    /// <summary>It has more pixels or bytes than the limit allows.</summary>
    TooLarge,

    /// <summary>The file is not there, or may not be read.</summary>
    Unreadable,
}

/// <summary>A DICOM or NIfTI file could not be read. The message says which file, what is wrong and what to do.</summary>
public sealed class DicomException : GyrusException
{
    /// <summary>Makes the error.</summary>
    /// <param name="path">The file, as the user named it.</param>
    /// <param name="fault">What is wrong.</param>
    /// <param name="detail">What is wrong and what to do, in words; the path is put in front of it.</param>
    /// <param name="inner">The error behind it, if any.</param>
    public DicomException(string path, DicomFault fault, string detail, Exception? inner = null)
        : base($"{path}: {detail}", inner) => (Path, Fault, Detail) = (path, fault, detail);

    /// <summary>The file, as the user named it.</summary>
    public string Path { get; }

    /// <summary>What is wrong with it.</summary>
    public DicomFault Fault { get; }

    /// <summary>What is wrong and what to do, without the path.</summary>
    public string Detail { get; }
}
