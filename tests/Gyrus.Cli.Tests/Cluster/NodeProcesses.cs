using System.Diagnostics;
using System.Globalization;
using Gyrus.Testing;
using Xunit;

namespace Gyrus.Cli.Tests.Cluster;

/// <summary>Nodes and services as processes of their own, and the program as a user calls it beside them.</summary>
/// <param name="environment">Variables of all of them.</param>
internal sealed class NodeProcesses(Dictionary<string, string> environment) : IDisposable
{
    /// <summary>How long a test waits for what does not come.</summary>
    public static readonly TimeSpan Hang = TimeSpan.FromMinutes(2);

    private readonly List<Process> _started = [];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>What was started, in order.</summary>
    public IReadOnlyList<Process> Started => _started;

    /// <summary>Starts a node of one worker.</summary>
    /// <returns>The port of its clients.</returns>
    public async Task<int> StartNode()
    {
        int gateway = OrthancServer.FreePort();
        string[] place = environment.ContainsKey("GYRUS_CLUSTER") ? ["--address", "127.0.0.1"] : [];
        await Start(
            "takes part",
            ["node", "--port", $"{OrthancServer.FreePort()}", "--gateway-port", gateway.ToString(CultureInfo.InvariantCulture), "--name", $"node {_started.Count + 1}", "--workers", "1", .. place]);
        return gateway;
    }

    /// <summary>Starts a program and waits for what it says.</summary>
    public async Task<Process> Start(string words, string[] arguments)
    {
        var process = GyrusProcess.Start(arguments, environment: environment);
        _started.Add(process);
        await Line(process.StandardOutput, words, process.StandardError.ReadToEndAsync(Cancel));
        _ = process.StandardOutput.ReadToEndAsync(Cancel);
        return process;
    }

    /// <summary>Waits for a line that has some words.</summary>
    public static async Task Line(StreamReader output, string words, Task<string>? error = null)
    {
        using var patience = new CancellationTokenSource(Hang);
        while (true)
        {
            var line = await output.ReadLineAsync(patience.Token);
            if (line is null) Assert.Fail($"it ended without saying '{words}': {(error is null ? "" : await error)}");
            if (line.Contains(words, StringComparison.Ordinal)) return;
        }
    }

    /// <summary>Calls the program.</summary>
    public Task<Outcome> Gyrus(params string[] arguments) => GyrusProcess.Run(arguments, Cancel, environment: environment);

    public void Dispose()
    {
        foreach (var process in _started)
        {
            process.Kill();
            process.WaitForExit();
            process.Dispose();
        }
    }
}
