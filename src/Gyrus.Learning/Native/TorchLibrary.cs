using System.Runtime.InteropServices;

namespace Gyrus.Learning.Native;

/// <summary>
/// Makes TorchSharp's native library loadable where the system's C++ library is older than the one it was built with.
/// </summary>
/// <remarks>
/// <c>libLibTorchSharp.so</c> 0.107.0 demands GLIBCXX_3.4.32 of libstdc++; Debian 12 stops at 3.4.30, and the load
/// fails with a message that blames a missing libtorch. The one symbol behind that version,
/// <c>std::ios_base_library_init()</c>, is only ever a forced reference and is never called, so marking the demand as
/// weak is enough. The copy in the program's folder is replaced by a new file: it may be a hard link to the package
/// cache, which stays as it was.
/// </remarks>
public static class TorchLibrary
{
    private const string DemandedVersion = "GLIBCXX_3.4.32";
    private const string SymbolBehindIt = "_ZSt21ios_base_library_initv";
    private const string FileName = "libLibTorchSharp.so";

    private static readonly Lazy<bool> Prepared = new(() => OperatingSystem.IsLinux() && Prepare());

    /// <summary>
    /// Must be called before TorchSharp is first used; calls after the first cost nothing.
    /// </summary>
    /// <returns>Whether the library in the program's folder had to be changed.</returns>
    /// <exception cref="GyrusException">It must be changed and the folder cannot be written.</exception>
    public static bool EnsureLoadable() => Prepared.Value;

    private static bool Prepare()
    {
        TileRegisters.Avoid();
        if (SystemHasVersion()) return false;
        string[] places =
        [
            Path.Combine(AppContext.BaseDirectory, FileName),
            Path.Combine(AppContext.BaseDirectory, "runtimes", RuntimeInformation.RuntimeIdentifier, "native", FileName),
            Path.Combine(AppContext.BaseDirectory, "runtimes", "linux-x64", "native", FileName),
        ];
        return places.Where(File.Exists).Distinct().Aggregate(false, (changed, path) => Weaken(path) | changed);
    }

    private static bool SystemHasVersion()
    {
        if (!NativeLibrary.TryLoad("libstdc++.so.6", out var library)) return true;
        bool found = NativeLibrary.TryGetExport(library, SymbolBehindIt, out _);
        NativeLibrary.Free(library);
        return found;
    }

    /// <summary>Replaces a library by a copy that demands the version weakly.</summary>
    /// <returns>Whether the file was replaced: false where nothing had to change.</returns>
    internal static bool Weaken(string path)
    {
        var bytes = File.ReadAllBytes(path);
        if (!ElfVersionNeeds.MakeWeak(bytes, DemandedVersion)) return false;
        try
        {
            AtomicFile.Write(path, stream => stream.Write(bytes));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new GyrusException(
                $"{path}: this system's C++ library is older than this file needs ({DemandedVersion}), and the file "
                + "cannot be adapted because its folder cannot be written. Run this once as a user who may write "
                + "there, or use a system with GCC 13's libstdc++ or newer.", e);
        }
        return true;
    }
}
