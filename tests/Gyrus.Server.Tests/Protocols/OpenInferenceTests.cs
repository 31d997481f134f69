using Gyrus.Testing;
using Gyrus.Testing.Models;
using Xunit;

namespace Gyrus.Server.Tests.Protocols;

public sealed class OpenInferenceTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private string Red => Convert.ToBase64String(File.ReadAllBytes(TestImage.Write(_folder.File("red.png"), 255, 0, 0)));

    private string Blue => Convert.ToBase64String(File.ReadAllBytes(TestImage.Write(_folder.File("blue.png"), 0, 0, 255)));

    [Fact]
    public async Task Infer_gives_a_row_of_outputs_an_image()
    {
        await using var service = await RunningService.Start(_folder);

        var answer = await (await service.SendJson("/v2/models/gyrus-test/infer",
            $$"""{"id":"7","inputs":[{"name":"image","datatype":"BYTES","shape":[2],"data":["{{Red}}","{{Blue}}"]}]}""")).Json();

        Assert.Equal("7", answer.GetProperty("id").GetString());
        Assert.Equal("gyrus-test", answer.GetProperty("model_name").GetString());
        var outputs = answer.GetProperty("outputs").EnumerateArray().ToDictionary(output => output.GetProperty("name").GetString()!);
        Assert.Equal([2, 7], outputs["probabilities"].GetProperty("shape").EnumerateArray().Select(size => size.GetInt32()));
        Assert.Equal("FP32", outputs["probabilities"].GetProperty("datatype").GetString());
        Assert.Equal(2, outputs["probabilities"].GetProperty("data").EnumerateArray().Sum(value => value.GetDouble()), 1e-4);
        Assert.Equal(["ct_tumor", "mri_glioma"],
            outputs["label"].GetProperty("data").EnumerateArray().Select(value => value.GetString()));
        Assert.All(outputs["accepted"].GetProperty("data").EnumerateArray(), value => Assert.True(value.GetBoolean()));
    }

    [Fact]
    public async Task Metadata_names_what_infer_takes_and_gives()
    {
        await using var service = await RunningService.Start(_folder);

        var model = await (await service.Get("/v2/models/gyrus-test")).Json();

        Assert.Equal("image", model.GetProperty("inputs")[0].GetProperty("name").GetString());
        Assert.Equal(["probabilities", "tumour", "label", "accepted"],
            model.GetProperty("outputs").EnumerateArray().Select(output => output.GetProperty("name").GetString()));
        Assert.True((await (await service.Get("/v2/models/gyrus-test/ready")).Json()).GetProperty("ready").GetBoolean());
        Assert.Equal("gyrus", (await (await service.Get("/v2")).Json()).GetProperty("name").GetString());
    }

    [Fact]
    public async Task Another_model_is_not_found()
    {
        await using var service = await RunningService.Start(_folder);

        Assert.Contains("gyrus-test", await (await service.Get("/v2/models/other")).Problem(404), StringComparison.Ordinal);
        await (await service.SendJson("/v2/models/other/infer", """{"inputs":[]}""")).Problem(404);
    }

    [Theory]
    [InlineData("""{}""", 400)]
    [InlineData("""{"inputs":[]}""", 400)]
    [InlineData("""{"inputs":[{"name":"image","datatype":"BYTES","shape":[0],"data":[]}]}""", 400)]
    [InlineData("""{"inputs":[{"name":"image","datatype":"FP32","shape":[1],"data":["AAAA"]}]}""", 400)]
    [InlineData("""{"inputs":[{"name":"image","datatype":"BYTES","shape":[1],"data":["%"]}]}""", 400)]
    [InlineData("""{"inputs":[{"name":"image","datatype":"BYTES","shape":[1],"data":["AAAA"]}]}""", 422)]
    [InlineData("""{"inputs":""", 400)]
    public async Task What_cannot_be_inferred_is_a_problem(string body, int status)
    {
        await using var service = await RunningService.Start(_folder);

        await (await service.SendJson("/v2/models/gyrus-test/infer", body)).Problem(status);
    }
}
