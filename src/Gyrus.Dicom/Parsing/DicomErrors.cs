
namespace Gyrus.Dicom.Parsing;

/// <summary>The errors of DICOM files.</summary>
internal static class DicomErrors
{
    /// <summary>A file that begins as DICOM and goes on as none.</summary>
    /// <param name="path">The file.</param>
    /// <param name="detail">What was found, in a few words.</param>
    /// <param name="inner">The error behind it, if any.</param>
    public static DicomException Damaged(string path, string detail, Exception? inner = null) =>
        new(path, DicomFault.Damaged, $"the DICOM file is cut off or damaged ({detail}); get it again from where it came", inner);

    /// <summary>A file whose pixels are of a kind that is not read.</summary>
    /// <param name="path">The file.</param>
    /// <param name="what">What it is.</param>
    /// <param name="remedy">What to do about it.</param>
    public static DicomException NotRead(string path, string what, string remedy) => new(path, DicomFault.NotRead, $"{what} is not read; {remedy}");
}
