using System.Diagnostics;
using Gyrus.Cli.Terminal;
using Gyrus.Testing;
using Xunit;

namespace Gyrus.Cli.Tests.Terminal;

/// <summary>Real signals to the built program. What it waits for never comes, so that it ends by the signal or not at all; how
/// long that may take is only the guard against a hang.</summary>
public sealed class InterruptionTests : IDisposable
{
    private readonly TempFolder _temp = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task Work_that_is_told_to_stop_stops(string signal)
    {
        // The answers' file is there once the work has begun; its list of paths never ends.
        using var process = GyrusProcess.Start(["classify", "-", "--out", _temp.File("answers.jsonl")]);
        while (!File.Exists(_temp.File("answers.jsonl"))) await Task.Delay(20, Cancel);

        await Signal(process, signal);

        Assert.Equal(ExitCode.Interrupted, await End(process));
        Assert.Contains("stopped; what was done is kept", await process.StandardError.ReadToEndAsync(Cancel));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Work_that_hears_of_no_stop_is_ended(int signals)
    {
        var fifo = _temp.File("list.csv");
        using (var make = Process.Start("mkfifo", [fifo])) await make.WaitForExitAsync(Cancel);
        using var process = GyrusProcess.Start(["data", "import", fifo, "--out", _temp.File("out.csv")]);
        // Opening it for writing waits until the program has opened it for reading, and then it waits for what is never written.
        await using var writer = await Task.Run(() => new FileStream(fifo, FileMode.Open, FileAccess.Write), Cancel);

        for (int i = 0; i < signals; i++) await Signal(process, "TERM");

        Assert.Equal(ExitCode.Interrupted, await End(process));
        Assert.False(File.Exists(_temp.File("out.csv")));
    }

    public void Dispose() => _temp.Dispose();

    private static async Task Signal(Process process, string signal)
    {
        using var kill = Process.Start("kill", ["-s", signal, process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync(Cancel);
    }

    private static async Task<int> End(Process process)
    {
        using var guard = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        guard.CancelAfter(TimeSpan.FromMinutes(2));
        try
        {
            await process.WaitForExitAsync(guard.Token);
            return process.ExitCode;
        }
        finally
        {
            if (!process.HasExited) process.Kill();
        }
    }
}
