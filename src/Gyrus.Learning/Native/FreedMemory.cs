using System.Runtime.InteropServices;

namespace Gyrus.Learning.Native;

/// <summary>
/// Has the C library keep the memory that libtorch frees. A training step frees and takes anew hundreds of arrays of some
/// 20 MB; glibc gives each back to the system, which then has to clear the pages of the next one. For a program to decide before it
/// fine-tunes: a library does not change its host's memory by itself.
/// </summary>
public static class FreedMemory
{
    // mallopt(3), malloc.h of glibc.
    private const int TrimThreshold = -1;
    private const int MapThreshold = -3;

    /// <summary>The largest threshold that glibc takes: larger arrays are mapped one by one whatever is asked.</summary>
    private const int LargestMapThreshold = 32 << 20;

    private delegate int MallOpt(int parameter, int value);

    /// <summary>Keeps it from now on, for the whole process; does nothing where the C library is another.</summary>
    public static void Keep()
    {
        if (!OperatingSystem.IsLinux() || !NativeLibrary.TryLoad("libc.so.6", out var library)) return;
        if (!NativeLibrary.TryGetExport(library, "mallopt", out var address)) return;
        var set = Marshal.GetDelegateForFunctionPointer<MallOpt>(address);
        set(MapThreshold, LargestMapThreshold);
        set(TrimThreshold, int.MaxValue);
    }
}
