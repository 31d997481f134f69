using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Gyrus.Imaging.Labels;
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
    [InlineData("""{}""", 400, "no inputs")]
    [InlineData("""{"inputs":[]}""", 400, "no inputs")]
    [InlineData("""{"inputs":null}""", 400, "no inputs")]
    [InlineData("""{"inputs":[null]}""", 400, "no name")]
    [InlineData("""{"inputs":[{"name":"scan","datatype":"BYTES","shape":[1],"data":["AAAA"]}]}""", 400, "'scan'")]
    [InlineData("""{"inputs":[{"name":"image","datatype":"BYTES","shape":[1],"data":["AAAA"]},{"name":"image","datatype":"BYTES","shape":[1],"data":["AAAA"]}]}""", 400, "2 times")]
    [InlineData("""{"inputs":[{"name":"image","datatype":"BYTES","shape":[0],"data":[]}]}""", 400, "no data")]
    [InlineData("""{"inputs":[{"name":"image","datatype":"BYTES","shape":[1],"data":null}]}""", 400, "no data")]
    [InlineData("""{"inputs":[{"name":"image","datatype":"BYTES","shape":[1],"data":[null]}]}""", 400, "is null")]
    [InlineData("""{"inputs":[{"name":"image","datatype":"BYTES","shape":[1],"data":[""]}]}""", 400, "is empty")]
    [InlineData("""{"inputs":[{"name":"image","datatype":"BYTES","shape":[1],"data":[7]}]}""", 400, "JSON")]
    [InlineData("""{"inputs":[{"name":"image","datatype":"BYTES","shape":[2],"data":["AAAA"]}]}""", 400, "shape")]
    [InlineData("""{"inputs":[{"name":"image","datatype":"BYTES","shape":[-1],"data":["AAAA"]}]}""", 400, "shape")]
    [InlineData("""{"inputs":[{"name":"image","datatype":"BYTES","data":["AAAA"]}]}""", 400, "shape")]
    [InlineData("""{"inputs":[{"name":"image","datatype":"FP32","shape":[1],"data":["AAAA"]}]}""", 400, "datatype")]
    [InlineData("""{"inputs":[{"name":"image","datatype":"BYTES","shape":[1],"data":["%"]}]}""", 400, "base64")]
    [InlineData("""{"inputs":[{"name":"image","datatype":"BYTES","shape":[1],"data":["AAAA"],"parameters":{"region":1}}]}""", 400, "'region'")]
    [InlineData("""{"inputs":[{"name":"image","datatype":"BYTES","shape":[1],"parameters":{"binary_data_size":8}}]}""", 400, "header")]
    [InlineData("""{"parameters":{"binary_data_output":1},"inputs":[]}""", 400, "true or false")]
    [InlineData("""{"outputs":[{"name":"classes"}],"inputs":[]}""", 400, "'classes'")]
    [InlineData("""{"outputs":[null],"inputs":[]}""", 400, "no name")]
    [InlineData("""{"outputs":[{"name":"label"},{"name":"label"}],"inputs":[]}""", 400, "twice")]
    [InlineData("""{"outputs":[{"name":"label","parameters":{"classification":3}}],"inputs":[]}""", 400, "'classification'")]
    [InlineData("""{"inputs":[],"inputs":[]}""", 400, "JSON")]
    [InlineData("""{"id":7}""", 400, "JSON")]
    [InlineData("""null""", 400, "null")]
    [InlineData("""{"inputs":[{"name":"image","datatype":"BYTES","shape":[1],"data":["AAAA"]}]}""", 422, "image 0")]
    [InlineData("""{"inputs":""", 400, "JSON")]
    public async Task What_cannot_be_inferred_is_a_problem_that_says_what_is_wrong(string body, int status, string words)
    {
        await using var service = await RunningService.Start(_folder);

        var detail = await (await service.SendJson("/v2/models/gyrus-test/infer", body)).Problem(status);

        Assert.Contains(words, detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Outputs_that_are_wanted_are_given_alone_and_no_id_where_none_came()
    {
        await using var service = await RunningService.Start(_folder);

        var answer = await (await service.SendJson("/v2/models/gyrus-test/infer",
            $$"""{"id":null,"inputs":[{"name":"image","datatype":"BYTES","shape":[1],"data":["{{Red}}"]}],"outputs":[{"name":"label"},{"name":"tumour"}]}""")).Json();

        Assert.Equal(["label", "tumour"], answer.GetProperty("outputs").EnumerateArray().Select(output => output.GetProperty("name").GetString()));
        Assert.False(answer.TryGetProperty("id", out _));
    }

    [Fact]
    public async Task Metadata_name_the_classes_of_the_probabilities_and_the_extension()
    {
        await using var service = await RunningService.Start(_folder);

        var output = (await (await service.Get("/v2/models/gyrus-test")).Json()).GetProperty("outputs")[0];

        Assert.Equal(PublishedLabels.Set.All.Select(label => label.Name),
            output.GetProperty("parameters").GetProperty("labels").EnumerateArray().Select(label => label.GetString()));
        Assert.Equal("binary_tensor_data", (await (await service.Get("/v2")).Json()).GetProperty("extensions")[0].GetString());
    }

    [Fact]
    public async Task Images_and_outputs_travel_as_bytes_behind_the_JSON()
    {
        await using var service = await RunningService.Start(_folder);
        // One as a file, one as its base64, as clients send that give the same values either way.
        byte[] tensor = [.. Element(Convert.FromBase64String(Red)), .. Element(Encoding.UTF8.GetBytes(Blue))];

        var answer = await Send(service, tensor.Length, tensor);

        Assert.Equal(200, (int)answer.StatusCode);
        Assert.Equal("application/octet-stream", answer.Content.Headers.ContentType!.MediaType);
        var body = await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        int length = int.Parse(answer.Headers.GetValues("Inference-Header-Content-Length").Single(), CultureInfo.InvariantCulture);
        var outputs = JsonDocument.Parse(body.AsMemory(0, length)).RootElement.GetProperty("outputs");
        var sizes = outputs.EnumerateArray().Select(output => output.GetProperty("parameters").GetProperty("binary_data_size").GetInt32()).ToList();
        Assert.Equal([2 * 7 * 4, 2 * 8, 4 + "ct_tumor".Length + 4 + "mri_glioma".Length, 2], sizes);
        Assert.Equal(body.Length, length + sizes.Sum());
        Assert.False(outputs[0].TryGetProperty("data", out _));
        Assert.Equal(2, Enumerable.Range(0, 14).Sum(i => BitConverter.ToSingle(body, length + (4 * i))), 1e-4);
        Assert.Equal([.. Element("ct_tumor"u8.ToArray()), .. Element("mri_glioma"u8.ToArray())],
            body.AsSpan(length + sizes[0] + sizes[1], sizes[2]).ToArray());
    }

    [Theory]
    [InlineData(-1, 0)]
    [InlineData(1, 0)]
    [InlineData(0, 1)]
    [InlineData(0, -1)]
    public async Task Bytes_behind_the_JSON_that_are_not_as_they_are_said_to_be_are_a_bad_request(int sizeOff, int bytesOff)
    {
        await using var service = await RunningService.Start(_folder);
        byte[] tensor = [.. Element(Convert.FromBase64String(Red)), .. Element(Convert.FromBase64String(Blue))];

        var answer = await Send(service, tensor.Length + sizeOff, bytesOff > 0 ? [.. tensor, 0] : tensor[..(tensor.Length + bytesOff)]);

        Assert.NotEmpty(await answer.Problem(400));
    }

    [Fact]
    public async Task Base64_in_lines_is_read_and_an_image_that_is_too_large_is_refused_either_way()
    {
        await using var service = await RunningService.Start(_folder, options => options with { LargestImage = 1000 });
        var lines = string.Join("\\n", Red.Chunk(20).Select(line => new string(line)));
        byte[] large = [.. Element(Convert.FromBase64String(Red)), .. Element(new byte[1001])];

        var answer = await service.SendJson("/v2/models/gyrus-test/infer",
            $$"""{"inputs":[{"name":"image","datatype":"BYTES","shape":[1],"data":["{{lines}}"]}]}""");
        Assert.Equal(200, (int)answer.StatusCode);
        Assert.Contains("image 0", await (await service.SendJson("/v2/models/gyrus-test/infer",
            $$"""{"inputs":[{"name":"image","datatype":"BYTES","shape":[1],"data":["{{Convert.ToBase64String(new byte[1001])}}"]}]}""")).Problem(413),
            StringComparison.Ordinal);
        Assert.Contains("image 1", await (await Send(service, large.Length, large)).Problem(413), StringComparison.Ordinal);
    }

    private static byte[] Element(byte[] bytes) => [.. BitConverter.GetBytes(bytes.Length), .. bytes];

    private static Task<HttpResponseMessage> Send(RunningService service, int size, byte[] tensor)
    {
        var json = Encoding.UTF8.GetBytes(
            $$$"""{"inputs":[{"name":"image","datatype":"BYTES","shape":[2],"parameters":{"binary_data_size":{{{size}}}}}],"parameters":{"binary_data_output":true}}""");
        var request = new HttpRequestMessage(HttpMethod.Post, "/v2/models/gyrus-test/infer") { Content = new ByteArrayContent([.. json, .. tensor]) };
        request.Headers.Add("Inference-Header-Content-Length", $"{json.Length}");
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        return service.Ask(request);
    }
}
