using System.Net.Sockets;
using System.Text;
using Gyrus.Server.Problems;
using Gyrus.Server.Safety;
using Gyrus.Testing;
using Gyrus.Testing.Models;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace Gyrus.Server.Tests.Safety;

/// <summary>Callers who hold on to what others need: connections and memory.</summary>
public sealed class SlowAndLargeTests : IDisposable
{
    private const string Head = "POST /v1/classify HTTP/1.1\r\nHost: localhost\r\nContent-Type: image/png\r\n";
    private static readonly TimeSpan Hang = TimeSpan.FromMinutes(3);

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
        using var dropping = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var drops = Drip(stream, [0], dropping.Token);

        // It comes at all: the drops would go on for ever.
        var answer = await ReadToEnd(stream).WaitAsync(Hang, Cancel);

        await dropping.CancelAsync();
        await drops;
        Assert.StartsWith("HTTP/1.1 408", answer, StringComparison.Ordinal);
        Assert.Equal(200, (int)(await service.Send(Red)).StatusCode);
    }

    [Fact]
    public async Task A_body_that_takes_all_memory_by_itself_is_too_large()
    {
        await using var service = await RunningService.Start(_folder, options => options with { BodyMemory = 10_000 });

        await (await service.Send([.. Red, .. new byte[20_000]])).Problem(413);

        Assert.Equal(200, (int)(await service.Send(Red)).StatusCode);
    }

    [Fact]
    public async Task Bodies_that_together_take_too_much_memory_are_busy_until_there_is_room()
    {
        var memory = new BodyMemory(100);
        var (read, go) = (new TaskCompletionSource(), new TaskCompletionSource());
        var holder = memory.InvokeAsync(Request(80), async context =>
        {
            await context.Request.Body.CopyToAsync(Stream.Null, Cancel);
            read.SetResult();
            await go.Task;
        });
        await read.Task;

        var busy = await Assert.ThrowsAsync<ServiceProblem>(() => memory.InvokeAsync(Request(30), ReadAll));
        await memory.InvokeAsync(Request(20), ReadAll);

        Assert.Equal((503, 5), (busy.Status, busy.RetryAfter));
        go.SetResult();
        await holder;
        await memory.InvokeAsync(Request(100), ReadAll);

        static Task ReadAll(HttpContext context) => context.Request.Body.CopyToAsync(Stream.Null, Cancel);

        static HttpContext Request(int bytes) =>
            new DefaultHttpContext { Request = { Body = new MemoryStream(new byte[bytes]) } };
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
