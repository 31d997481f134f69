using System.Security.Cryptography;
using System.Text.Json;
using Gyrus.Testing;
using Gyrus.Testing.Models;
using Xunit;

namespace Gyrus.Server.Tests.Classification;

/// <summary>A file that cannot be read is the same on every endpoint: recorded with an error; a problem where the answer is about
/// one image, a row where it is a list.</summary>
public sealed class UnreadableTests : IDisposable
{
    private static readonly byte[] NoImage = "no image at all"u8.ToArray();

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task In_a_body_it_is_unprocessable_and_recorded()
    {
        await using var service = await RunningService.Start(_folder);

        Assert.NotEmpty(await (await service.Send(NoImage)).Problem(422));

        await IsRecordedAlone(service);
    }

    [Fact]
    public async Task In_a_form_it_is_a_row_with_an_error_and_recorded()
    {
        await using var service = await RunningService.Start(_folder);

        var answer = await (await service.Send(("a.png", NoImage))).Json();

        Assert.NotEmpty(Assert.Single(answer.GetProperty("results").EnumerateArray()).GetProperty("error").GetString()!);
        await IsRecordedAlone(service);
    }

    [Theory]
    [InlineData("/v1/classify-url")]
    [InlineData("/detect")]
    [InlineData("/2015-03-31/functions/function/invocations")]
    public async Task Behind_an_address_it_is_unprocessable_and_recorded(string path)
    {
        using var archive = new LocalServer(request => LocalAnswer.File(request, NoImage).With("Content-Type", "image/png"));
        await using var service = await RunningService.Start(
            _folder, options => options with { AllowUrlFetch = true, FetchAllow = ["127.0.0.1"] });

        Assert.NotEmpty(await (await service.SendJson(path, $$"""{"url":"{{archive.Address("a.png")}}"}""")).Problem(422));

        await IsRecordedAlone(service);
    }

    [Fact]
    public async Task In_a_tensor_the_request_is_unprocessable_names_it_and_it_alone_is_recorded()
    {
        await using var service = await RunningService.Start(_folder);
        var red = Convert.ToBase64String(File.ReadAllBytes(TestImage.Write(_folder.File("red.png"), 255, 0, 0)));
        var data = JsonSerializer.Serialize((string[])[red, Convert.ToBase64String(NoImage)]);

        var detail = await (await service.SendJson("/v2/models/gyrus-test/infer",
            $$"""{"inputs":[{"name":"image","datatype":"BYTES","shape":[2],"data":{{data}}}]}""")).Problem(422);

        Assert.Contains("image 1", detail, StringComparison.Ordinal);
        Assert.DoesNotContain("image 0", detail, StringComparison.Ordinal);
        await IsRecordedAlone(service);
    }

    private static async Task IsRecordedAlone(RunningService service)
    {
        var kept = Assert.Single((await (await service.Get("/v1/results")).Json()).GetProperty("results").EnumerateArray());
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(NoImage)), kept.GetProperty("sha256").GetString());
        Assert.NotEmpty(kept.GetProperty("answer").GetProperty("error").GetString()!);
    }
}
