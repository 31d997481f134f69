using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Gyrus.Cli.Terminal;
using Gyrus.Testing;
using Gyrus.Testing.Models;
using Gyrus.Testing.PostgreSql;
using Xunit;

[assembly: AssemblyFixture(typeof(PostgreSqlServer))]

namespace Gyrus.Cli.Tests.Service;

/// <summary>The service as a process of its own.</summary>
public sealed class ServeCommandTests(PostgreSqlServer postgres) : IDisposable
{
    private readonly TempFolder _temp = new();

    private static readonly TimeSpan Hang = TimeSpan.FromMinutes(3);

    // What the service said before it listened.
    private readonly List<string> _before = [];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _temp.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Serve_killed_under_load_has_every_answer_that_was_given(bool onPostgreSql)
    {
        var database = onPostgreSql ? postgres.NewDatabase() : "";
        var image = File.ReadAllBytes(TestImage.Write(_temp.File("red.png"), 255, 0, 0));
        var given = new ConcurrentBag<string>();
        using (var client = Client())
        {
            var (process, address) = await Start(database);
            using var _ = process;
            var load = Enumerable.Range(0, 8).Select(_ => Task.Run(
                async () =>
                {
                    try
                    {
                        while (true) given.Add(await Classify(client, address, image));
                    }
                    catch (HttpRequestException)
                    {
                        // The service is gone.
                    }
                },
                Cancel)).ToList();
            using var hang = new CancellationTokenSource(Hang);
            while (given.Count < 100) await Task.Delay(20, hang.Token);
            process.Kill();
            await Task.WhenAll(load);
        }
        using var again = Client();
        var (second, there) = await Start(database);
        using var __ = second;
        foreach (var id in given)
            Assert.Equal(HttpStatusCode.OK, (await again.GetAsync($"{there}/v1/results/{id}", Cancel)).StatusCode);
        second.Kill();
    }

    [Theory]
    [InlineData("--store goes with --studies DIR", "--store", "dicomweb:http://127.0.0.1:9/")]
    [InlineData("--uid-root goes with --store", "--studies", "spool", "--uid-root", "1.2.3")]
    [InlineData("'1.02' is no root of UIDs", "--studies", "spool", "--store", "dicomweb:http://127.0.0.1:9/", "--uid-root", "1.02")]
    [InlineData("it must be a number of seconds", "--studies", "spool", "--study-quiet", "0")]
    public async Task Options_of_studies_that_mean_nothing_are_refused(string reason, params string[] options)
    {
        var outcome = await GyrusProcess.Run(["serve", .. options], TestContext.Current.CancellationToken);

        Assert.Equal(ExitCode.UserError, outcome.ExitCode);
        Assert.Contains(reason, outcome.Error);
    }

    [Fact]
    public async Task Serve_ends_with_Ctrl_C_and_success()
    {
        var (process, _) = await Start();
        using var __ = process;

        using var interrupt = Process.Start("kill", ["-INT", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        await process.WaitForExitAsync(Cancel);

        Assert.Equal(ExitCode.Success, process.ExitCode);
    }

    [Fact]
    public async Task Serve_told_to_end_answers_what_it_has_begun()
    {
        var image = File.ReadAllBytes(TestImage.Write(_temp.File("red.png"), 255, 0, 0));
        var (process, address) = await Start();
        using var _ = process;
        using var caller = new TcpClient();
        await caller.ConnectAsync("127.0.0.1", new Uri(address).Port, Cancel);
        var stream = caller.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(
            $"POST /v1/classify HTTP/1.1\r\nHost: localhost\r\nContent-Type: image/png\r\nContent-Length: {image.Length}\r\nExpect: 100-continue\r\n\r\n"), Cancel);
        using var reader = new StreamReader(stream);
        // Begun: the body is wanted.
        Assert.StartsWith("HTTP/1.1 100", await reader.ReadLineAsync(Cancel), StringComparison.Ordinal);
        Assert.Equal("", await reader.ReadLineAsync(Cancel));
        await stream.WriteAsync(image.AsMemory(0, 10), Cancel);

        using var terminate = Process.Start("kill", ["-TERM", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        await NobodyIsLetIn(address);
        await stream.WriteAsync(image.AsMemory(10), Cancel);

        Assert.StartsWith("HTTP/1.1 200", await reader.ReadLineAsync(Cancel), StringComparison.Ordinal);
        await process.WaitForExitAsync(Cancel);
        Assert.Equal(ExitCode.Success, process.ExitCode);
    }

    [Fact]
    public async Task A_key_that_keys_add_prints_opens_the_service_until_it_is_taken_back()
    {
        var key = (await Keys("add", "radiology")).Lines.Single();
        var (process, address) = await Start();
        using var _ = process;
        using var client = Client();
        client.DefaultRequestHeaders.Add("x-api-key", key);

        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(address + "/v1/model", Cancel)).StatusCode);
        Assert.Contains("radiology", (await Keys("list")).Output, StringComparison.Ordinal);
        Assert.DoesNotContain(key, (await Keys("list", "--format", "json")).Output, StringComparison.Ordinal);
        await Keys("revoke", "radiology");
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync(address + "/v1/model", Cancel)).StatusCode);
        process.Kill();
    }

    [Fact]
    public async Task Health_tells_a_service_that_answers_from_one_that_does_not()
    {
        var (process, address) = await Start();
        using var _ = process;

        var good = await GyrusProcess.Run(["health", "--url", address], Cancel);
        process.Kill();
        await process.WaitForExitAsync(Cancel);
        var gone = await GyrusProcess.Run(["health", "--url", address], Cancel);

        Assert.Equal((ExitCode.Success, "ready"), (good.ExitCode, good.Lines.Single()));
        Assert.Equal(ExitCode.CheckFailed, gone.ExitCode);
        Assert.Contains(address, gone.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCode.UserError, (await GyrusProcess.Run(["health", "--url", "nonsense"], Cancel)).ExitCode);
    }

    [Theory]
    [InlineData("serve")]
    [InlineData("keys", "add")]
    public async Task Help_does_not_print_the_password_of_the_environments_database(params string[] command)
    {
        var outcome = await GyrusProcess.Run(
            [.. command, "--help"], Cancel,
            environment: new Dictionary<string, string> { ["GYRUS_DATABASE"] = "Host=db;Password=hush", ["GYRUS_KEY"] = "hush-hush-hush-hush-hush" });

        Assert.Equal(ExitCode.Success, outcome.ExitCode);
        Assert.DoesNotContain("hush", outcome.Output + outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Serve_takes_a_key_from_the_environment()
    {
        const string key = "long-enough-to-be-a-key";
        var (process, address) = await Start(key: key);
        using var _ = process;
        using var client = Client();

        Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync(address + "/v1/model", Cancel)).StatusCode);
        client.DefaultRequestHeaders.Add("x-api-key", key);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(address + "/v1/model", Cancel)).StatusCode);
        process.Kill();
    }

    [Fact]
    public async Task Serve_where_others_can_reach_it_needs_a_key()
    {
        var outcome = await GyrusProcess.Run(
            ["serve", "--data", _temp.File("data"), "--urls", "http://0.0.0.0:0"], Cancel);

        Assert.Equal(ExitCode.UserError, outcome.ExitCode);
        Assert.Contains("GYRUS_KEY", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Serve_writes_no_file_name_to_its_log()
    {
        var (process, address) = await Start();
        using var _ = process;
        using var client = Client();
        using var form = new MultipartFormDataContent { { new ByteArrayContent([1, 2, 3]), "file", "Mueller_Anna.png" } };

        Assert.Equal(HttpStatusCode.OK, (await client.PostAsync(address + "/v1/classify", form, Cancel)).StatusCode);
        process.Kill();

        var log = await process.StandardOutput.ReadToEndAsync(Cancel) + await process.StandardError.ReadToEndAsync(Cancel);
        Assert.DoesNotContain("Mueller", log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Serve_writes_one_object_a_line_where_its_output_is_no_terminal_from_the_first_line_on()
    {
        var (process, address) = await Start(threshold: "0.25");
        using var _ = process;
        using var client = Client();
        await client.GetAsync(address + "/v1/model", Cancel);
        using var terminate = Process.Start("kill", ["-TERM", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);

        var rest = await process.StandardOutput.ReadToEndAsync(Cancel);

        var messages = rest.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Message).ToList();
        Assert.Contains("Research software, not a medical device.", messages);
        Assert.Contains(messages, message => message!.StartsWith("GET /v1/model 200", StringComparison.Ordinal));
        Assert.Contains(_before, message => message.Contains("0.25 on, instead of the model's own 0.5", StringComparison.Ordinal));
        Assert.Empty(await process.StandardError.ReadToEndAsync(Cancel));
    }

    private Task<Outcome> Keys(params string[] arguments) =>
        GyrusProcess.Run(["keys", .. arguments, "--data", _temp.File("data")], Cancel);

    private async Task<(Process Process, string Address)> Start(string database = "", string key = "", string threshold = "")
    {
        const string begin = "listening on ";
        if (!Directory.Exists(_temp.File("model"))) ColourModel.Write(_temp.File("model"));
        var process = GyrusProcess.Start(
            ["serve", "--model", _temp.File("model"), "--data", _temp.File("data"), "--urls", "http://127.0.0.1:0"],
            environment: new Dictionary<string, string> { ["GYRUS_DATABASE"] = database, ["GYRUS_KEY"] = key, ["GYRUS_THRESHOLD"] = threshold });
        while (await process.StandardOutput.ReadLineAsync(Cancel) is { } line)
        {
            var message = Message(line)!;
            if (message.StartsWith(begin, StringComparison.Ordinal)) return (process, message[begin.Length..]);
            _before.Add(message);
        }
        throw new InvalidOperationException("the service ended before it listened");
    }

    private static string? Message(string line) => JsonDocument.Parse(line).RootElement.GetProperty("Message").GetString();

    /// <summary>Waits until a service that was told to end takes no connection.</summary>
    private static async Task NobodyIsLetIn(string address)
    {
        using var hang = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        hang.CancelAfter(Hang);
        try
        {
            while (true)
            {
                using var caller = new TcpClient();
                await caller.ConnectAsync("127.0.0.1", new Uri(address).Port, hang.Token);
                await Task.Delay(20, hang.Token);
            }
        }
        catch (SocketException)
        {
            // Refused.
        }
    }

    private static HttpClient Client() => new(new SocketsHttpHandler { UseProxy = false });

    private static async Task<string> Classify(HttpClient client, string address, byte[] image)
    {
        using var content = new ByteArrayContent(image);
        content.Headers.ContentType = new MediaTypeHeaderValue("image/png");
        using var response = await client.PostAsync(address + "/v1/classify", content, Cancel);
        var answer = await response.Content.ReadAsStringAsync(Cancel);
        return JsonDocument.Parse(answer).RootElement.GetProperty("id").GetString()!;
    }
}
