using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using Xunit;

namespace Gyrus.Testing;

/// <summary>A Redis server of a test's own, on a free port and with its log of changes in a folder of its own.</summary>
public sealed class RedisServer : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly int _port = OrthancServer.FreePort();
    private Process _process;

    /// <summary>Starts it. The calling test is skipped where Redis is not installed.</summary>
    public RedisServer()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/redis-server"), "needs Redis; on Debian: apt-get install redis-server");
        _process = Start();
    }

    /// <summary>Its address, as StackExchange.Redis reads it.</summary>
    public string Address => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{_port},abortConnect=false");

    /// <summary>Kills it and starts it again with what it has written.</summary>
    public void Restart()
    {
        Kill();
        _process = Start();
    }

    public void Dispose()
    {
        Kill();
        _folder.Dispose();
    }

    private Process Start()
    {
        var process = Process.Start(new ProcessStartInfo(
            "/usr/bin/redis-server",
            ["--port", _port.ToString(CultureInfo.InvariantCulture), "--bind", "127.0.0.1", "--dir", _folder.Path, "--save", "", "--appendonly", "yes", "--logfile", Path.Combine(_folder.Path, "log")])
        {
            // Not the test run's own, which would stay open as long as the server.
            RedirectStandardOutput = true,
        })!;
        var patience = Stopwatch.StartNew();
        while (!Answers())
        {
            if (process.HasExited || patience.Elapsed > TimeSpan.FromSeconds(20)) throw new InvalidOperationException("Redis did not start: " + File.ReadAllText(Path.Combine(_folder.Path, "log")));
            Thread.Sleep(20);
        }
        return process;
    }

    private bool Answers()
    {
        try
        {
            using var client = new TcpClient("127.0.0.1", _port);
            using var stream = client.GetStream();
            stream.Write("PING\r\n"u8);
            var answer = new byte[5];
            stream.ReadExactly(answer);
            return answer.AsSpan().SequenceEqual("+PONG"u8);
        }
        catch (Exception e) when (e is SocketException or IOException)
        {
            return false;
        }
    }

    private void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }
}
