namespace Gyrus;

/// <summary>Why a path cannot be used, in words for whoever gave it, instead of the system's.</summary>
public static class PathFault
{
    private const string NameIsLost =
        "its name has bytes that are no UTF-8, and nothing can be opened by such a name here; rename it";

    /// <summary>Why a file cannot be read.</summary>
    /// <param name="path">The file.</param>
    /// <param name="fault">What was thrown as it was opened or read.</param>
    public static string OfFile(string path, Exception fault) => fault switch
    {
        _ when path.Length == 0 => "the path is empty; name a file",
        _ when NameWasLost(path) => NameIsLost,
        FileNotFoundException or DirectoryNotFoundException => "there is no such file; check the path",
        _ when Directory.Exists(path) => "this is a folder; name the files in it",
        UnauthorizedAccessException => "the file may not be read; check its permissions",
        _ => $"the file cannot be read; {fault?.Message}",
    };

    /// <summary>Why what is in a folder cannot be listed.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="fault">What was thrown as it was listed.</param>
    public static string OfFolder(string path, Exception fault) => fault switch
    {
        _ when NameWasLost(path) => NameIsLost,
        UnauthorizedAccessException => "the folder may not be read; check its permissions",
        _ => $"the folder cannot be read; {fault?.Message}",
    };

    /// <summary>Makes sure that a file can stand at a path, before anything is done for it.</summary>
    /// <exception cref="IOException">A folder is there.</exception>
    public static void RequireFilePlace(string path)
    {
        if (Directory.Exists(path))
            throw new IOException($"{path}: this is a folder, and a file is to be written. Name a file, such as one in it.");
    }

    /// <summary>Makes sure that a folder can stand at a path, before anything is done for it.</summary>
    /// <exception cref="IOException">A file is there.</exception>
    public static void RequireFolderPlace(string path)
    {
        if (File.Exists(path))
            throw new IOException($"{path}: this is a file, and a folder is to be written. Name a folder.");
    }

    // .NET puts this letter where bytes are no UTF-8, and the way back is lost.
    private static bool NameWasLost(string path) => path.Contains('\uFFFD', StringComparison.Ordinal);
}
