namespace Gyrus.Data.Import;

/// <summary>Lists the images below a folder.</summary>
internal static class FolderSource
{
    private static readonly EnumerationOptions Everything = new() { AttributesToSkip = 0, IgnoreInaccessible = false };

    /// <summary>
    /// Walks a folder. Links to folders are not followed: they may lead in circles. A folder that may not be read is
    /// left out with the reason.
    /// </summary>
    public static SourceFiles List(string folder)
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
                        if (below.LinkTarget is null) waiting.Push(below);
                    }
                    else if (FolderLayout.IsImageName(entry.Name))
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
}
