namespace Gyrus;

/// <summary>
/// Keeps an output that is written bit by bit, or gone on with after a kill, for one process: two that wrote at once would lose
/// each other's work. The system lets go of it when the process ends, however it ends.
/// </summary>
public static class OutputLock
{
    /// <summary>The name of the empty file in a folder that is kept; it stays when the folder is let go of.</summary>
    public const string FileName = ".gyrus-lock";

    // .NET gives the system's own number: EWOULDBLOCK of Linux and of macOS, ERROR_SHARING_VIOLATION of Windows.
    private const int LinuxTaken = 11;
    private const int MacTaken = 35;
    private const int WindowsTaken = unchecked((int)0x80070020);

    /// <summary>Opens a file to read and write it, alone for as long as it is open; made where it is missing, with its
    /// folder.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="GyrusException">Another process has it, or this one has it already.</exception>
    /// <exception cref="IOException">It cannot be opened, or a folder is there.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public static FileStream OpenFile(string path)
    {
        PathFault.RequireFilePlace(path);
        return Open(path, path);
    }

    /// <summary>Keeps a folder, which is made where it is missing, until what is returned is disposed.</summary>
    /// <param name="folder">The folder.</param>
    /// <exception cref="GyrusException">Another process has it, or this one has it already.</exception>
    /// <exception cref="IOException">It cannot be made or written into, or a file is there.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written into.</exception>
    public static IDisposable TakeFolder(string folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        PathFault.RequireFolderPlace(folder);
        return Open(Path.Combine(folder, FileName), folder);
    }

    private static FileStream Open(string path, string output)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        try
        {
            // On Linux .NET locks a file only where it is shared with nobody.
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e) when (e.HResult is LinuxTaken or MacTaken or WindowsTaken)
        {
            throw new GyrusException(
                $"{output}: another gyrus is writing there. Wait for it to end, or name another place.", e);
        }
    }
}
