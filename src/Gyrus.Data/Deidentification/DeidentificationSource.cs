using Gyrus.Dicom.Parsing;
using Gyrus.Dicom.Privacy;
using Gyrus.Dicom.Series;

namespace Gyrus.Data.Deidentification;

/// <summary>The files to take from.</summary>
/// <param name="Folder">The absolute folder that the copies' layout is relative to.</param>
/// <param name="Files">The files, all in the folder or below it, in the order of their names.</param>
/// <param name="LeftOut">Folders that cannot be listed.</param>
internal sealed record DeidentificationSource(string Folder, IReadOnlyList<string> Files, IReadOnlyList<LeftOutFile> LeftOut)
{
    private static readonly EnumerationOptions Everything = new() { AttributesToSkip = 0, IgnoreInaccessible = false };

    /// <summary>Lists a source.</summary>
    /// <param name="source">A folder, a DICOMDIR or a DICOM file.</param>
    /// <exception cref="GyrusException">It is not there, or a DICOMDIR that names nothing.</exception>
    public static DeidentificationSource Open(string source)
    {
        if (Directory.Exists(source)) return Walk(Path.GetFullPath(source));
        if (!File.Exists(source)) throw new GyrusException($"{source}: there is no such file or folder. Give a folder, a DICOMDIR or a DICOM file.");
        var full = Path.GetFullPath(source);
        if (!StudyWalk.IsDicom(source)) throw new GyrusException($"{source}: this is no DICOM file. Give a folder, a DICOMDIR or a DICOM file.");
        var folder = Path.GetDirectoryName(full)!;
        if (!ObjectRisk.IsDirectory(DicomFile.ReadHeader(source))) return new(folder, [full], []);
        var named = StudyWalk.Named(full);
        return named.Count > 0 ? new(folder, [.. named.Distinct().Order(StringComparer.Ordinal)], [])
            : throw new GyrusException($"{source}: this DICOMDIR names no file. Give the folder of the files.");
    }

    /// <summary>Links to folders are not followed: they may lead in circles.</summary>
    private static DeidentificationSource Walk(string root)
    {
        List<string> files = [];
        List<LeftOutFile> leftOut = [];
        var waiting = new Stack<DirectoryInfo>([new DirectoryInfo(root)]);
        while (waiting.TryPop(out var directory))
        {
            try
            {
                foreach (var entry in directory.EnumerateFileSystemInfos("*", Everything))
                {
                    if (entry is not DirectoryInfo below) files.Add(entry.FullName);
                    else if (below.LinkTarget is null) waiting.Push(below);
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                leftOut.Add(new(directory.FullName, "a folder that may not be read"));
            }
        }
        return new(root, [.. files.Order(StringComparer.Ordinal)], leftOut);
    }
}
