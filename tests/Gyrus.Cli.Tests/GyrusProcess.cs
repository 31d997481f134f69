using System.Diagnostics;

namespace Gyrus.Cli.Tests;

/// <summary>What a run of the built program gave.</summary>
internal sealed record Outcome(int ExitCode, string Output, string Error)
{
    public string[] Lines => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}

/// <summary>Runs the built <c>gyrus</c> as a process of its own, as a user does.</summary>
internal static class GyrusProcess
{
    private static readonly string Program =
        Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "gyrus.exe" : "gyrus");

    public static async Task<Outcome> Run(
        IEnumerable<string> arguments,
        CancellationToken cancel,
        string? folder = null,
        string? input = null,
        IReadOnlyDictionary<string, string>? environment = null)
    {
        using var process = Start(arguments, folder, environment);
        // Both outputs are read while the program runs: it would wait for ever on a full pipe.
        var output = process.StandardOutput.ReadToEndAsync(cancel);
        var error = process.StandardError.ReadToEndAsync(cancel);
        if (input is not null) await process.StandardInput.WriteAsync(input.AsMemory(), cancel);
        process.StandardInput.Close();
        try
        {
            await process.WaitForExitAsync(cancel);
            return new Outcome(process.ExitCode, await output, await error);
        }
        finally
        {
            if (!process.HasExited) process.Kill();
        }
    }

    /// <summary>Starts it with all three streams redirected. A variable of the environment that is given as empty is not
    /// there. Signals are heard as from a terminal: tests that a script runs in the background inherit that Ctrl+C is ignored, and so would the
    /// program.</summary>
    public static Process Start(
        IEnumerable<string> arguments, string? folder = null, IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo(
            OperatingSystem.IsLinux() ? "env" : Program,
            OperatingSystem.IsLinux() ? ["--default-signal=INT,TERM", Program, .. arguments] : arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder ?? "",
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            if (value.Length > 0) start.Environment[name] = value;
            else start.Environment.Remove(name);
        }
        return Process.Start(start)!;
    }
}
