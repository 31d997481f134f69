namespace Gyrus.Server.Studies;

/// <summary>
/// Folders for the files of studies while they are answered, which this user alone can read. Each is deleted with its study; those that a service left that was killed
/// are deleted when the next one starts on that machine, since others may share the disk.
/// </summary>
internal sealed class StudyFolders : IDisposable
{
    private const string LockName = "lock";

    private static readonly string Prefix = Environment.MachineName + "-";

    private readonly string _parent;
    private readonly Lock _creating = new();
    private (string Path, FileStream Lock)? _root;

    /// <param name="parent">Where they are made.</param>
    public StudyFolders(string parent)
    {
        _parent = parent;
        foreach (var left in Directory.Exists(parent) ? Directory.GetDirectories(parent, Prefix + "*") : []) DeleteAbandoned(left);
    }

    /// <summary>Makes a folder.</summary>
    public StudyFolder New() => new(Directory.CreateDirectory(Path.Combine(Root(), Path.GetRandomFileName())).FullName);

    public void Dispose()
    {
        if (_root is not { } root) return;
        root.Lock.Dispose();
        Directory.Delete(root.Path, recursive: true);
        _root = null;
    }

    // The system frees the lock of a process that is gone, however it went.
    private string Root()
    {
        lock (_creating)
        {
            if (_root is { } made) return made.Path;
            Directory.CreateDirectory(_parent);
            var path = Path.Combine(_parent, Prefix + Path.GetRandomFileName());
            if (OperatingSystem.IsWindows()) Directory.CreateDirectory(path);
            else Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            _root = (path, File.Open(Path.Combine(path, LockName), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None));
            return path;
        }
    }

    private static void DeleteAbandoned(string root)
    {
        try
        {
            using (File.Open(Path.Combine(root, LockName), FileMode.Open, FileAccess.ReadWrite, FileShare.None))
            {
            }
            Directory.Delete(root, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Another service's, which runs, or another user's.
        }
    }
}

/// <summary>A folder that is deleted when it is disposed.</summary>
/// <param name="Path">The folder.</param>
internal sealed record StudyFolder(string Path) : IDisposable
{
    public void Dispose() => Directory.Delete(Path, recursive: true);
}
