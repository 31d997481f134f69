using System.Net.Http.Headers;
using System.Text;
using Gyrus.Imaging.Decoding;
using Gyrus.Imaging.Labels;
using Gyrus.Models;
using Gyrus.Testing;
using Gyrus.Testing.Models;
using Xunit;

namespace Gyrus.Server.Tests.Classification;

public sealed class ClassifyTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private byte[] Red => File.ReadAllBytes(TestImage.Write(_folder.File("red.png"), 255, 0, 0));

    private byte[] Blue => File.ReadAllBytes(TestImage.Write(_folder.File("blue.png"), 0, 0, 255));

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("image/png")]
    [InlineData("image/jpeg")]
    [InlineData("application/octet-stream")]
    public async Task Classify_of_a_body_gives_one_answer_as_on_the_command_line(string type)
    {
        await using var service = await RunningService.Start(_folder);

        var answer = await (await service.Send(Red, type)).Json();

        Assert.Equal("ct_tumor", answer.GetProperty("label").GetString());
        Assert.Equal("tumour", answer.GetProperty("verdict").GetString());
        Assert.Equal("ct", answer.GetProperty("modality").GetString());
        Assert.Equal(PublishedLabels.Set.All.Select(label => label.Name),
            answer.GetProperty("probabilities").EnumerateObject().Select(p => p.Name));
        Assert.Equal(
            ["id", "path", "label", "probabilities", "tumour", "modality", "threshold", "verdict", "type", "set", "accepted", "reason", "worth"],
            answer.EnumerateObject().Select(field => field.Name));
    }

    [Fact]
    public async Task Classify_of_a_form_answers_each_file_in_its_place_the_bad_ones_too()
    {
        await using var service = await RunningService.Start(_folder);

        var answer = await (await service.Send(("a.png", Red), ("b.png", "no image"u8.ToArray()), ("c.png", Blue))).Json();

        var results = answer.GetProperty("results").EnumerateArray().ToList();
        Assert.Equal(["a.png", "b.png", "c.png"], results.Select(result => result.GetProperty("path").GetString()));
        Assert.Equal("ct_tumor", results[0].GetProperty("label").GetString());
        Assert.Contains("b.png", results[1].GetProperty("error").GetString());
        Assert.Equal("mri_glioma", results[2].GetProperty("label").GetString());
    }

    [Fact]
    public async Task Classify_with_heatmap_gives_a_picture()
    {
        await using var service = await RunningService.Start(_folder);

        var answer = await (await service.Send(Red, path: "/v1/classify?heatmap=true")).Json();

        var picture = answer.GetProperty("heatmap").GetString()!;
        Assert.StartsWith("data:image/png;base64,", picture, StringComparison.Ordinal);
        var scan = ScanDecoder.Decode("map", Convert.FromBase64String(picture["data:image/png;base64,".Length..]));
        Assert.InRange(scan.Width, 41, 200);
    }

    [Fact]
    public async Task Classify_with_a_label_gives_the_picture_of_that_label_and_says_so()
    {
        await using var service = await RunningService.Start(_folder);

        var usual = await (await service.Send(Red, path: "/v1/classify?heatmap=true")).Json();
        var glioma = await (await service.Send(Red, path: "/v1/classify?heatmap=true&heatmapLabel=mri_glioma")).Json();

        Assert.False(usual.TryGetProperty("heatmapLabel", out _));
        Assert.Equal("mri_glioma", glioma.GetProperty("heatmapLabel").GetString());
        Assert.Equal("ct_tumor", glioma.GetProperty("label").GetString());
        Assert.NotEqual(usual.GetProperty("heatmap").GetString(), glioma.GetProperty("heatmap").GetString());
    }

    [Theory]
    [InlineData("heatmap=true&heatmapLabel=grade%20I", "The model's labels are ct_healthy, ")]
    [InlineData("heatmap=true&heatmapLabel=", "There is no label ''")]
    [InlineData("heatmapLabel=mri_glioma", "heatmapLabel goes with heatmap=true")]
    public async Task Classify_with_a_label_that_cannot_be_is_a_bad_request(string query, string why)
    {
        await using var service = await RunningService.Start(_folder);

        Assert.Contains(why, await (await service.Send(Red, path: "/v1/classify?" + query)).Problem(400), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Classify_with_a_label_of_a_model_packed_before_says_that_it_cannot_and_the_page_does_not_offer_it()
    {
        var package = ColourModel.Write(_folder.File("old"));
        var manifest = package.Description with { Outputs = package.Description.Outputs with { LabelEvidence = null } };
        File.WriteAllText(Path.Combine(package.Folder, ModelPackage.DescriptionFile), ModelPackage.ToJson(manifest));
        await using var service = await RunningService.Start(_folder, options => options with { Model = package.Folder });

        var problem = await (await service.Send(Red, path: "/v1/classify?heatmap=true&heatmapLabel=mri_glioma")).Problem(400);
        var model = await (await service.Get("/v1/model")).Json();

        Assert.Contains("ask without heatmapLabel", problem, StringComparison.Ordinal);
        Assert.DoesNotContain(_folder.Path, problem, StringComparison.Ordinal);
        Assert.Equal([true, false], ((string[])["heatMaps", "labelHeatMaps"]).Select(name => model.GetProperty(name).GetBoolean()));
    }

    [Fact]
    public async Task Classify_of_what_is_no_image_is_unprocessable()
    {
        await using var service = await RunningService.Start(_folder);

        Assert.Contains("no image", await (await service.Send("hello"u8.ToArray())).Problem(422), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Classify_of_an_image_bomb_is_unprocessable()
    {
        await using var service = await RunningService.Start(_folder);
        var bomb = Red;
        // Width and height in a PNG's header, each 60,000; its check is then wrong, as a careless bomb's is.
        foreach (int at in (int[])[16, 20]) new byte[] { 0, 0, 0xEA, 0x60 }.CopyTo(bomb, at);

        await (await service.Send(bomb)).Problem(422);

        Assert.Equal(200, (int)(await service.Send(Red)).StatusCode);
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/json")]
    [InlineData("application/x-www-form-urlencoded")]
    public async Task Classify_of_another_content_type_is_unsupported(string type)
    {
        await using var service = await RunningService.Start(_folder);

        Assert.Contains("image/", await (await service.Send(Red, type)).Problem(415), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Classify_without_an_image_is_a_bad_request()
    {
        await using var service = await RunningService.Start(_folder);

        await (await service.Send([])).Problem(400);
        await (await service.Send(Array.Empty<(string, byte[])>())).Problem(400);
        var cut = new ByteArrayContent("--x\r\nContent-Disposition: form-data; name=\"f\"; filename=\"a\"\r\n\r\nabc"u8.ToArray());
        cut.Headers.ContentType = MediaTypeHeaderValue.Parse("multipart/form-data; boundary=x");
        await (await service.Post("/v1/classify", cut)).Problem(400);
        var bare = new ByteArrayContent("abc"u8.ToArray());
        bare.Headers.ContentType = MediaTypeHeaderValue.Parse("multipart/form-data");
        await (await service.Post("/v1/classify", bare)).Problem(400);
    }

    [Fact]
    public async Task Classify_of_more_or_larger_images_than_allowed_is_too_large()
    {
        await using var service = await RunningService.Start(
            _folder, options => options with { MostImages = 2, LargestImage = 1000 });
        var large = new byte[1001];

        var refused = await service.Send(large);
        Assert.True(refused.Headers.ConnectionClose);
        await refused.Problem(413);
        await (await service.Send(("a", large))).Problem(413);
        await (await service.Send(("a", Red), ("b", Red), ("c", Red))).Problem(413);
        Assert.Equal(200, (int)(await service.Send(("a", Red), ("b", Red))).StatusCode);
    }

    [Fact]
    public async Task Classify_of_a_body_without_an_end_is_too_large()
    {
        await using var service = await RunningService.Start(_folder, options => options with { LargestImage = 100_000 });
        using var endless = new StreamContent(new Zeros());
        endless.Headers.ContentType = MediaTypeHeaderValue.Parse("image/png");

        // The connection may be cut while the client still sends.
        try
        {
            await (await service.Post("/v1/classify", endless)).Problem(413);
        }
        catch (HttpRequestException)
        {
        }

        Assert.Equal(200, (int)(await service.Send(Red)).StatusCode);
    }

    [Theory]
    [InlineData("../../etc/passwd", "passwd")]
    [InlineData("C:\\scans\\a.png", "a.png")]
    [InlineData("/", "upload")]
    [InlineData("..", "..")]
    public async Task A_name_with_folders_is_a_plain_name_in_the_answer(string name, string expected)
    {
        await using var service = await RunningService.Start(_folder);
        var body = Encoding.UTF8.GetBytes($"--x\r\nContent-Disposition: form-data; name=\"f\"; filename=\"{name}\"\r\n\r\n")
            .Concat(Red).Concat("\r\n--x--\r\n"u8.ToArray()).ToArray();

        var answer = await (await service.Send(body, "multipart/form-data; boundary=x")).Json();

        Assert.Equal(expected, answer.GetProperty("results")[0].GetProperty("path").GetString());
    }

    [Fact]
    public async Task Requests_that_come_together_all_get_their_own_answer()
    {
        await using var service = await RunningService.Start(_folder);
        var (red, blue) = (Red, Blue);

        var answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(async i =>
            (await (await service.Send(i % 2 == 0 ? red : blue)).Json()).GetProperty("label").GetString()));

        Assert.Equal(Enumerable.Range(0, 40).Select(i => i % 2 == 0 ? "ct_tumor" : "mri_glioma"), answers);
    }

    [Fact]
    public async Task More_than_the_queue_holds_is_busy_and_says_when_to_come_back()
    {
        await using var service = await RunningService.Start(_folder, options => options with { QueueLimit = 2, MostImages = 2 });
        var (red, all) = (Red, new List<HttpResponseMessage>());

        for (int round = 0; round < 20 && all.All(answer => (int)answer.StatusCode == 200); round++)
            all.AddRange(await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => service.Send(("a", red), ("b", red)))));

        Assert.Contains(all, answer => (int)answer.StatusCode == 200);
        var busy = Assert.IsType<HttpResponseMessage>(all.FirstOrDefault(answer => (int)answer.StatusCode != 200));
        await busy.Problem(503);
        Assert.Equal(1, busy.Headers.RetryAfter!.Delta!.Value.TotalSeconds);
        Assert.Equal(200, (int)(await service.Send(red)).StatusCode);
    }

    [Fact]
    public async Task Model_tells_labels_threshold_and_card()
    {
        await using var service = await RunningService.Start(_folder);

        var model = await (await service.Get("/v1/model")).Json();

        Assert.Equal("gyrus-test", model.GetProperty("name").GetString());
        Assert.Equal(7, model.GetProperty("labels").GetArrayLength());
        Assert.Contains("A model for tests", model.GetProperty("card").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_not_there_and_what_is_not_done_there_are_problems()
    {
        await using var service = await RunningService.Start(_folder);

        await (await service.Get("/nothing")).Problem(404);
        await (await service.Get("/v1/classify")).Problem(405);
    }

    private sealed class Zeros : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => 0; set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            Array.Clear(buffer, offset, count);
            return count;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
