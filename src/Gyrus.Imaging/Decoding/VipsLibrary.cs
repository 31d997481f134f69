using NetVips;

namespace Gyrus.Imaging.Decoding;

/// <summary>libvips, set up once for the process: one core an image since callers decode images side by side, no cache
/// of operations, and the loaders blocked that libvips does not hold safe for untrusted files.</summary>
internal static class VipsLibrary
{
    private static readonly Lazy<GyrusException?> Failure = new(Start);

    /// <summary>Kept for as long as libvips may call it.</summary>
    private static readonly Log.LogDelegate Silence = (_, _, _) => { };

    /// <summary>Makes the library ready.</summary>
    /// <exception cref="GyrusException">It cannot be loaded.</exception>
    public static void EnsureReady()
    {
        if (Failure.Value is { } failure) throw new GyrusException(failure.Message, failure.InnerException);
    }

    private static GyrusException? Start()
    {
        if (!ModuleInitializer.VipsInitialized)
        {
            var cause = ModuleInitializer.Exception;
            return new GyrusException("the image library libvips cannot be loaded: Gyrus brings it for Linux on x64 and arm64, for Windows on x64 and for macOS on arm64; "
                + "elsewhere install libvips 8.15 or newer and put it on the library path. " + Reason(cause), cause);
        }
        NetVips.NetVips.BlockUntrusted = true;
        NetVips.NetVips.Concurrency = 1;
        Cache.Max = 0;
        // libvips prints to standard error what it also says in the exception.
        Log.SetLogHandler("VIPS", Enums.LogLevelFlags.Warning, Silence);
        return null;
    }

    /// <summary>The runtime's message is general advice, then one line for each place where it looked; the first such
    /// line is the place where the file should be.</summary>
    private static string? Reason(Exception? cause) =>
        cause?.Message.Split('\n', StringSplitOptions.RemoveEmptyEntries).Take(2).Last();
}
