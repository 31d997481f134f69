using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using Gyrus.Testing;
using Gyrus.Testing.Models;
using Xunit;

namespace Gyrus.Server.Tests.Safety;

/// <summary>Callers who hold on to what others need: connections and memory.</summary>
public sealed class SlowAndLargeTests : IDisposable
{
    private const string Head = "POST /v1/classify HTTP/1.1\r\nHost: localhost\r\nContent-Type: image/png\r\n";
    private readonly TempFolder _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private byte[] Red => File.ReadAllBytes(TestImage.Write(_folder.File("red.png"), 255, 0, 0));

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(Head + "Content-Length: 100000\r\n\r\n")]
    [InlineData(Head)]
    [InlineData("POST /v1/classify HTTP/1.1\r\nHost: localhost\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: 100000\r\n\r\n--b\r\nContent-Disposition: form-data; name=\"f\"; filename=\"a\"\r\n\r\n")]
    public async Task A_caller_who_sends_a_byte_a_second_is_told_and_cut_off(string begin)
    {
        await using var service = await RunningService.Start(_folder);
        using var client = new TcpClient();
        await client.ConnectAsync(service.Client.BaseAddress!.Host, service.Client.BaseAddress.Port, Cancel);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(begin), Cancel);
        var clock = Stopwatch.StartNew();
        using var dropping = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var drops = Drip(stream, [0], dropping.Token);

        var answer = await ReadToEnd(stream);

        await dropping.CancelAsync();
        await drops;
        Assert.StartsWith("HTTP/1.1 408", answer, StringComparison.Ordinal);
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(40));
        Assert.Equal(200, (int)(await service.Send(Red)).StatusCode);
    }

    [Fact]
    public async Task Bodies_that_together_take_too_much_memory_are_busy_until_there_is_room()
    {
        await using var service = await RunningService.Start(_folder, options => options with { BodyMemory = 100_000 });
        using var holder = new TcpClient();
        await holder.ConnectAsync(service.Client.BaseAddress!.Host, service.Client.BaseAddress.Port, Cancel);
        byte[] unfinished = [.. Encoding.ASCII.GetBytes(Head + "Content-Length: 99000\r\n\r\n"), .. new byte[60_000]];
        await holder.GetStream().WriteAsync(unfinished, Cancel);
        using var holding = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        // Just fast enough not to be cut off.
        var drops = Drip(holder.GetStream(), new byte[500], holding.Token);
        var large = Red.Concat(new byte[50_000]).ToArray();

        var refused = await Eventually(() => service.Send(large), answer => (int)answer.StatusCode == 503);

        Assert.Equal(503, (int)refused.StatusCode);
        Assert.Equal(5, refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds);
        await refused.Problem(503);
        await holding.CancelAsync();
        await drops;
        holder.Close();
        Assert.Equal(200, (int)(await Eventually(() => service.Send(large), answer => answer.IsSuccessStatusCode)).StatusCode);
    }

    private static async Task<HttpResponseMessage> Eventually(Func<Task<HttpResponseMessage>> ask, Predicate<HttpResponseMessage> isSo)
    {
        var clock = Stopwatch.StartNew();
        while (true)
        {
            var answer = await ask();
            if (isSo(answer) || clock.Elapsed > TimeSpan.FromSeconds(20)) return answer;
            await Task.Delay(50, Cancel);
        }
    }

    private static async Task Drip(NetworkStream stream, byte[] drop, CancellationToken end)
    {
        try
        {
            while (true)
            {
                await stream.WriteAsync(drop, end);
                await Task.Delay(TimeSpan.FromSeconds(1), end);
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            // The service has closed the connection, or the test is done.
        }
    }

    private static async Task<string> ReadToEnd(NetworkStream stream)
    {
        var text = new StringBuilder();
        var buffer = new byte[4096];
        try
        {
            int read;
            while ((read = await stream.ReadAsync(buffer, Cancel)) > 0) text.Append(Encoding.ASCII.GetString(buffer, 0, read));
        }
        catch (IOException)
        {
            // Cut off.
        }
        return text.ToString();
    }
}
