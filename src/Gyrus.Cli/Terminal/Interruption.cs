using System.Runtime.InteropServices;

namespace Gyrus.Cli.Terminal;

/// <summary>How a run ends that is told to: SIGINT (Ctrl+C) and SIGTERM alike. The first asks the work to stop, and ends the
/// process where the work does not stop in time, as where it waits for a file that gives nothing; the second ends it at once.
/// Whatever is written is written so that an end at any moment leaves it whole.</summary>
internal sealed partial class Interruption : IDisposable
{
    /// <summary>How long a command may take to stop.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);

    /// <summary>How long a service may take, which answers first what it has begun.</summary>
    public static readonly TimeSpan ServicePatience = TimeSpan.FromSeconds(35);

    // What GetCurrentProcess of Windows gives.
    private const nint ThisProcess = -1;

    private readonly CancellationTokenSource _stop = new();
    private readonly PosixSignalRegistration[] _signals;
    private readonly TimeSpan _patience;
    private Timer? _end;
    private int _count;

    /// <param name="patience">How long the work may take to stop.</param>
    public Interruption(TimeSpan patience)
    {
        _patience = patience;
        _signals = [.. new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM }.Select(
            signal => PosixSignalRegistration.Create(signal, OnSignal))];
    }

    /// <summary>Set by the first signal.</summary>
    public CancellationToken Token => _stop.Token;

    public void Dispose()
    {
        foreach (var signal in _signals) signal.Dispose();
        _end?.Dispose();
    }

    private void OnSignal(PosixSignalContext context)
    {
        context.Cancel = true;
        if (Interlocked.Increment(ref _count) > 1) End();
        _end = new Timer(_ => End(), null, _patience, Timeout.InfiniteTimeSpan);
        // Not on this thread, which has the next signal to hear.
        ThreadPool.QueueUserWorkItem(_ => _stop.Cancel());
    }

    /// <summary>Without finalizers and exit handlers, any of which may wait for the work.</summary>
    private static void End()
    {
        Console.Error.WriteLine("gyrus: stopped; what was done is kept");
        if (OperatingSystem.IsWindows()) TerminateProcess(ThisProcess, ExitCode.Interrupted);
        else ExitNow(ExitCode.Interrupted);
    }

    [LibraryImport("libc", EntryPoint = "_exit")]
    private static partial void ExitNow(int code);

    [LibraryImport("kernel32")]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool TerminateProcess(nint process, int code);
}
