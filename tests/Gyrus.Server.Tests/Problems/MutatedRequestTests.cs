using System.Net.Http.Headers;
using System.Text;
using Gyrus.Testing;
using Gyrus.Testing.Models;
using Xunit;

namespace Gyrus.Server.Tests.Problems;

/// <summary>Whatever bytes come, no request is a defect of the service, and what is refused is told in words for callers.</summary>
public sealed class MutatedRequestTests : IDisposable
{
    private const int MutationsEach = 60;

    private static readonly string[] NoWordsForCallers =
        ["Exception", "System.", "Microsoft.", "parameter \"", "Failed to", "Nullable", "JsonSerializer", "Kestrel", "MinRequest", "bind"];

    private static readonly byte[][] Pieces =
    [
        [], [0], [0xFF, 0xFE], "null"u8.ToArray(), "\""u8.ToArray(), "[]"u8.ToArray(), "{}"u8.ToArray(), "-1"u8.ToArray(), "1e999"u8.ToArray(), "\\ud800"u8.ToArray(),
        "99999999999999999999"u8.ToArray(), "--x"u8.ToArray(), "\r\n\r\n"u8.ToArray(), "%00"u8.ToArray(), ","u8.ToArray(), "true"u8.ToArray(),
    ];

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task No_mutated_request_is_a_defect_or_told_in_the_frameworks_words()
    {
        await using var service = await RunningService.Start(_folder, options => options with { AllowUrlFetch = true });
        var image = File.ReadAllBytes(TestImage.Write(_folder.File("red.png"), 255, 0, 0));
        var random = new Random(20261127);

        foreach (var (path, type, body) in Bodies(image))
        {
            for (int i = 0; i < MutationsEach; i++)
            {
                var mutated = Mutate(body, random);
                using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(mutated) };
                request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
                if (path.EndsWith("/infer", StringComparison.Ordinal) && random.Next(3) == 0)
                    request.Headers.Add("Inference-Header-Content-Length", $"{random.Next(-1, mutated.Length + 2)}");
                await Check(service, request, $"{path} {type}, mutation {i}: {Encoding.Latin1.GetString(mutated)}");
            }
        }
        foreach (var query in Queries)
        {
            for (int i = 0; i < MutationsEach; i++)
            {
                var mutated = Uri.EscapeDataString(Encoding.Latin1.GetString(Mutate(Encoding.Latin1.GetBytes(query.Value), random))).Replace("%00", "%01", StringComparison.Ordinal);
                var address = query.Path + mutated;
                await Check(service, new HttpRequestMessage(HttpMethod.Get, address), address);
            }
        }
        Assert.Equal(200, (int)(await service.Send(image)).StatusCode);
    }

    private static readonly (string Path, string Value)[] Queries =
    [
        ("/v1/results?limit=", "10"), ("/v1/results?before=", "0123456789abcdef0123456789abcdef"), ("/v1/results?label=", "ct_tumor"),
        ("/v1/results?verdict=", "tumour"), ("/v1/results?accepted=", "any"), ("/v1/results?sha256=", "00ff"), ("/v1/results?key=", "name"),
        ("/v1/results?from=", "2026-01-01T00:00:00Z"), ("/v1/results?to=", "2026-01-01T00:00:00Z"),
        ("/v1/results/", "0123456789abcdef0123456789abcdef"), ("/v2/models/", "gyrus-test"), ("/", "nothing"),
    ];

    private static IEnumerable<(string Path, string Type, byte[] Body)> Bodies(byte[] image)
    {
        var infer = Encoding.UTF8.GetBytes($$"""
            {"id":"7","parameters":{"binary_data_output":false},"inputs":[{"name":"image","datatype":"BYTES","shape":[1],"data":["{{Convert.ToBase64String(image)}}"]}],"outputs":[{"name":"label"}]}
            """);
        yield return ("/v1/classify", "image/png", image);
        yield return ("/v1/classify?heatmap=true", "application/octet-stream", image);
        yield return ("/v1/classify?heatmap=true&heatmapLabel=ct_tumor", "image/png", image);
        yield return ("/v1/classify", "multipart/form-data; boundary=x",
            [.. "--x\r\nContent-Disposition: form-data; name=\"f\"; filename=\"a.png\"\r\n\r\n"u8, .. image, .. "\r\n--x--\r\n"u8]);
        yield return ("/v1/classify-url", "application/json", "{\"url\":\"http://127.0.0.1/a.png\"}"u8.ToArray());
        yield return ("/detect", "application/json", "{\"url\":\"http://127.0.0.1/a.png\"}"u8.ToArray());
        yield return ("/v2/models/gyrus-test/infer", "application/json", infer);
        yield return ("/v2/models/gyrus-test/infer", "application/octet-stream", infer);
    }

    private static byte[] Mutate(byte[] body, Random random)
    {
        var bytes = body.ToList();
        for (int change = random.Next(1, 4); change > 0; change--)
        {
            int at = random.Next(bytes.Count + 1);
            switch (random.Next(4))
            {
                case 0 when at < bytes.Count: bytes[at] = (byte)random.Next(256); break;
                case 1: bytes.RemoveRange(at, Math.Min(random.Next(1, 20), bytes.Count - at)); break;
                case 2: bytes.InsertRange(at, Pieces[random.Next(Pieces.Length)]); break;
                case 3: bytes.RemoveRange(at, bytes.Count - at); break;
            }
        }
        return [.. bytes];
    }

    private static async Task Check(RunningService service, HttpRequestMessage request, string what)
    {
        using var answer = await service.Ask(request);
        int status = (int)answer.StatusCode;
        Assert.True(status < 500, $"{status}: {what}");
        if (status < 400) return;
        var detail = await answer.Problem(status);
        Assert.True(detail.Length > 0, $"{status} without a detail: {what}");
        Assert.All(NoWordsForCallers, word => Assert.DoesNotContain(word, detail, StringComparison.Ordinal));
    }
}
