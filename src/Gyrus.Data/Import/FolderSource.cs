using Gyrus.Dicom.Nifti;
using Gyrus.Dicom.Series;
using Gyrus.Imaging.Decoding;

namespace Gyrus.Data.Import;

/// <summary>Lists the images below a folder: by their names, DICOM and NIfTI files by their content.</summary>
internal static class FolderSource
{
    private static readonly EnumerationOptions Everything = new() { AttributesToSkip = 0, IgnoreInaccessible = false };

    /// <summary>
    /// Walks a folder. Links to folders are not followed: they may lead in circles. A folder that may not be read is
    /// left out with the reason.
    /// </summary>
    /// <param name="folder">The folder.</param>
    /// <param name="except">A folder that is passed over, if it is there; null for none.</param>
    public static SourceFiles List(string folder, string? except = null)
    {
        var root = Path.GetFullPath(folder);
        var images = new List<string>();
        var leftOut = new List<UnreadableFile>();
        int ignored = 0;
        var waiting = new Stack<DirectoryInfo>([new DirectoryInfo(root)]);
        while (waiting.TryPop(out var directory))
        {
            try
            {
                foreach (var entry in directory.EnumerateFileSystemInfos("*", Everything))
                {
                    if (entry is DirectoryInfo below)
                    {
                        if (below.LinkTarget is null && below.FullName != except) waiting.Push(below);
                    }
                    else if (FolderLayout.IsImageName(entry.Name) || HoldsSlices(entry))
                    {
                        images.Add(Path.GetRelativePath(root, entry.FullName).Replace(Path.DirectorySeparatorChar, '/'));
                    }
                    else if (entry.Name != OutputLock.FileName)
                    {
                        ignored++;
                    }
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                leftOut.Add(new UnreadableFile(directory.FullName, $"{directory.FullName}: {PathFault.OfFolder(directory.FullName, e)}"));
            }
        }
        return new SourceFiles(root, [.. images.Order(StringComparer.Ordinal)], leftOut, ignored);
    }

    // Archives give DICOM files any name.
    private static bool HoldsSlices(FileSystemInfo file) => !file.Name.StartsWith('.')
        && (ImageFormats.OfFile(file.FullName)?.Name == DicomSlices.FormatName ? !StudyWalk.IsDirectory(file.FullName) : NiftiVolume.IsNifti(file.FullName));
}
