using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Gyrus.Testing;

/// <summary>
/// An HTTP server on loopback, on a bare socket so that a test can cut an answer at any byte. One answer a connection.
/// </summary>
public sealed class LocalServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Func<LocalRequest, LocalAnswer> _answer;
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<LocalRequest> _requests = new();
    private readonly int _port;
    private readonly Task _loop;
    private bool _ended;

    public LocalServer(Func<LocalRequest, LocalAnswer> answer)
    {
        _answer = answer;
        _listener.Start();
        _port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _loop = Task.Run(Serve);
    }

    public Uri Address(string path = "file.zip") =>
        new(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{_port}/{path}"));

    /// <summary>What was asked so far, in order.</summary>
    public IReadOnlyList<LocalRequest> Requests => [.. _requests];

    /// <summary>Ends the server: from here on its port refuses connections.</summary>
    public void Dispose()
    {
        if (_ended) return;
        _ended = true;
        _stop.Cancel();
        try
        {
            _loop.GetAwaiter().GetResult();
        }
        finally
        {
            _listener.Stop();
            _stop.Dispose();
        }
    }

    private async Task Serve()
    {
        try
        {
            while (true)
            {
                using var socket = await _listener.AcceptSocketAsync(_stop.Token);
                try
                {
                    await Answer(socket);
                }
                catch (Exception e) when (e is SocketException or IOException)
                {
                    // The client went away, as a test of cancellation makes it.
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The test is over.
        }
    }

    private async Task Answer(Socket socket)
    {
        using var stream = new NetworkStream(socket);
        if (await ReadRequest(stream) is not { } request) return;
        _requests.Enqueue(request);
        var answer = _answer(request);
        var head = new StringBuilder("HTTP/1.1 ");
        head.Append(CultureInfo.InvariantCulture, $"{answer.Status} Made Up\r\nConnection: close\r\n");
        if (answer.Length is { } length) head.Append(CultureInfo.InvariantCulture, $"Content-Length: {length}\r\n");
        foreach (var (name, value) in answer.Headers) head.Append(CultureInfo.InvariantCulture, $"{name}: {value}\r\n");
        head.Append("\r\n");
        await stream.WriteAsync(Encoding.ASCII.GetBytes(head.ToString()), _stop.Token);
        await stream.WriteAsync(answer.Sent, _stop.Token);
        // Silent until the client goes away.
        if (answer.ThenSilent) await stream.ReadAtLeastAsync(new byte[1], 1, throwOnEndOfStream: false, _stop.Token);
    }

    private async Task<LocalRequest?> ReadRequest(NetworkStream stream)
    {
        var text = new StringBuilder();
        var one = new byte[1];
        while (!text.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            if (await stream.ReadAsync(one, _stop.Token) == 0) return null;
            text.Append((char)one[0]);
        }
        var lines = text.ToString().Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        var headers = lines.Skip(1).Select(line => line.Split(": ", 2))
            .ToDictionary(pair => pair[0], pair => pair[1], StringComparer.OrdinalIgnoreCase);
        return new LocalRequest(lines[0].Split(' ')[1].TrimStart('/'), headers);
    }
}

/// <summary>What a client asked a <see cref="LocalServer"/> for.</summary>
public sealed record LocalRequest(string Path, IReadOnlyDictionary<string, string> Headers)
{
    /// <summary>The first byte asked for with Range, or null where the whole file was.</summary>
    public int? RangeFrom => Headers.TryGetValue("Range", out var range)
        ? int.Parse(range["bytes=".Length..^1], CultureInfo.InvariantCulture)
        : null;

    public string? IfRange => Headers.GetValueOrDefault("If-Range");
}

/// <summary>What a <see cref="LocalServer"/> answers.</summary>
/// <param name="Status">The HTTP status code.</param>
/// <param name="Sent">The bytes that are sent before the connection is closed.</param>
/// <param name="Length">The length that is promised, or null to promise none.</param>
/// <param name="ThenSilent">Whether the connection then stays open and silent.</param>
public sealed record LocalAnswer(int Status, ReadOnlyMemory<byte> Sent, long? Length, bool ThenSilent = false)
{
    public Dictionary<string, string> Headers { get; } = [];

    /// <summary>An answer without content.</summary>
    public static LocalAnswer Only(int status) => new(status, default, 0);

    /// <summary>
    /// A file as a server with Range and If-Range sends it, its connection cut after some bytes of the answer.
    /// </summary>
    public static LocalAnswer File(LocalRequest request, byte[] file, string etag = "\"one\"", int cutAfter = int.MaxValue)
    {
        bool rest = request.RangeFrom is not null && (request.IfRange ?? etag) == etag;
        int from = rest ? request.RangeFrom!.Value : 0;
        if (rest && from >= file.Length)
        {
            return Only(416).With("Content-Range", $"bytes */{file.Length}");
        }
        var sent = file.AsMemory(from, Math.Min(cutAfter, file.Length - from));
        var answer = new LocalAnswer(rest ? 206 : 200, sent, file.Length - from).With("ETag", etag);
        return rest ? answer.With("Content-Range", $"bytes {from}-{file.Length - 1}/{file.Length}") : answer;
    }

    /// <summary>The same answer with one header more.</summary>
    public LocalAnswer With(string name, string value)
    {
        Headers.Add(name, value);
        return this;
    }
}
