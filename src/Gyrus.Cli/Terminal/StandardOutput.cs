using Microsoft.Win32.SafeHandles;

namespace Gyrus.Cli.Terminal;

/// <summary>Standard output as a stream of bytes.</summary>
internal static class StandardOutput
{
    private const int Descriptor = 1;
    private const int BrokenPipe = 32;

    /// <summary>
    /// Opens it. Where its reader has gone, as <c>head</c> does, a write throws an error that <see cref="HasNoReader"/>
    /// knows, so that no work is done for nobody: <see cref="Console.OpenStandardOutput()"/> would swallow it.
    /// </summary>
    public static Stream Open()
    {
        if (OperatingSystem.IsWindows()) return Console.OpenStandardOutput();
        var pipe = new FileStream(new SafeFileHandle(Descriptor, ownsHandle: false), FileAccess.Write, bufferSize: 0);
        // A file that several streams write to has one position, and FileStream would keep one of its own.
        return pipe.CanSeek ? Console.OpenStandardOutput() : pipe;
    }

    /// <summary>Whether a write failed because nobody reads any more.</summary>
    public static bool HasNoReader(IOException error) => !OperatingSystem.IsWindows() && error.HResult == BrokenPipe;

    /// <summary>Whether colours may be used: a terminal, and the user has not refused them (no-color.org).</summary>
    public static bool HasColours =>
        !Console.IsOutputRedirected
        && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"))
        && Environment.GetEnvironmentVariable("TERM") is not (null or "dumb");
}
