namespace Gyrus;

/// <summary>
/// Writes a file so that a kill or a full disk leaves either the old content or the new, never a part: into a
/// temporary file beside it, flushed to the disk, then renamed.
/// </summary>
public static class AtomicFile
{
    /// <summary>Writes a file through a stream. The folder is made where it is missing.</summary>
    /// <exception cref="IOException">The file cannot be written, or a folder is there; the old content stands.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        PathFault.RequireFilePlace(path);
        var full = Path.GetFullPath(path);
        var folder = Path.GetDirectoryName(full)!;
        PathFault.RequireFolderPlace(folder);
        Directory.CreateDirectory(folder);
        var temporary = full + ".tmp-" + Path.GetRandomFileName();
        try
        {
            using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }
            File.Move(temporary, full, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    /// <summary>Writes a text file in UTF-8 without a byte-order mark.</summary>
    /// <exception cref="IOException">The file cannot be written, or a folder is there; the old content stands.</exception>
    public static void WriteText(string path, string text) =>
        Write(path, stream => stream.Write(System.Text.Encoding.UTF8.GetBytes(text)));
}
