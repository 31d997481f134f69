using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace Gyrus;

/// <summary>Tells regular files from what only looks like one: to open a pipe waits for whoever writes into it, for ever perhaps, and a
/// device has no end.</summary>
public static partial class FileKind
{
    // statx(2), linux/stat.h, whose layout is the same on every processor.
    private const int CurrentFolder = -100;        // AT_FDCWD
    private const uint TypeAndSize = 0x1 | 0x200;  // STATX_TYPE | STATX_SIZE
    private const int ModeAt = 28;
    private const int BufferSize = 256;

    // inode(7)
    private const int TypeMask = 0xF000;
    private const int Pipe = 0x1000;
    private const int Characters = 0x2000;
    private const int Blocks = 0x6000;
    private const int Socket = 0xC000;

    /// <summary>What a path, or what a link at the end of it leads to, is besides a file or a folder.</summary>
    /// <param name="path">The path.</param>
    /// <returns>In words, such as <c>a pipe</c>; null for a file, a folder, what is not there, and where the system does not
    /// tell.</returns>
    public static string? Special(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (!OperatingSystem.IsLinux() || path.Contains('\0', StringComparison.Ordinal)) return null;
        Span<byte> facts = stackalloc byte[BufferSize];
        try
        {
            if (StatX(CurrentFolder, [.. Encoding.UTF8.GetBytes(path), 0], 0, TypeAndSize, facts) != 0) return null;
        }
        catch (EntryPointNotFoundException)
        {
            return null;
        }
        return (BinaryPrimitives.ReadUInt16LittleEndian(facts[ModeAt..]) & TypeMask) switch
        {
            Pipe => "a pipe",
            Characters or Blocks => "a device",
            Socket => "a socket",
            _ => null,
        };
    }

    [LibraryImport("libc", EntryPoint = "statx")]
    private static partial int StatX(int folder, byte[] path, int flags, uint mask, Span<byte> facts);
}
