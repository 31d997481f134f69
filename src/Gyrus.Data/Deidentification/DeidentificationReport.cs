using Gyrus.Dicom.Privacy;

namespace Gyrus.Data.Deidentification;

/// <summary>What became of the files. But for <see cref="LeftOut"/> nothing in it tells what the files were called or who they are of.</summary>
/// <param name="Files">Files that were written.</param>
/// <param name="LeftOut">DICOM files that were not.</param>
/// <param name="OtherFiles">Files that hold no object: no DICOM, and lists of files.</param>
/// <param name="Patients">Patients of the files written.</param>
/// <param name="Studies">Studies of the files written.</param>
/// <param name="Series">Series of the files written.</param>
/// <param name="Tally">What became of attributes in all.</param>
public sealed record DeidentificationReport(
    IReadOnlyList<DeidentifiedFile> Files, IReadOnlyList<LeftOutFile> LeftOut, int OtherFiles, int Patients, int Studies, int Series, AttributeTally Tally);

/// <summary>A file that was written.</summary>
/// <param name="Path">Where, relative to the folder of all, with forward slashes.</param>
/// <param name="Changes">How many attributes were removed, emptied, replaced and kept by an option, in this order.</param>
/// <param name="Blanking">What was blanked; null where nothing was to be.</param>
public sealed record DeidentifiedFile(string Path, IReadOnlyList<int> Changes, BlankedFrames? Blanking)
{
    /// <summary>Whether a person should look at it before it is passed on.</summary>
    public bool NeedsALook => Blanking is { } frames && (frames.WithoutHead > 0 || frames.WritingLeft > 0);
}

/// <summary>How the pixels around the heads of an object were blanked.</summary>
/// <param name="Frames">Its frames.</param>
/// <param name="WithoutHead">Frames in which no head was found, and which are as they were.</param>
/// <param name="WritingLeft">Frames in which there is writing so close to the head that part of it is still there.</param>
public sealed record BlankedFrames(int Frames, int WithoutHead, int WritingLeft);

/// <summary>A DICOM file that was not written.</summary>
/// <param name="Path">The file, for the person who named it and for nobody else.</param>
/// <param name="Reason">Why, in words that hold nothing of the file.</param>
public sealed record LeftOutFile(string Path, string Reason);
