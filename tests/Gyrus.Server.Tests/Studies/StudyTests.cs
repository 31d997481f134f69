using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Gyrus.Server.Studies;
using Gyrus.Testing;
using Xunit;

namespace Gyrus.Server.Tests.Studies;

public sealed class StudyTests : IDisposable
{
    private static readonly (byte, byte, byte) Green = (0, 255, 0), Blue = (0, 0, 255);

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_study_that_was_sent_is_answered_once_nothing_more_comes()
    {
        await using var service = await Start();

        var stored = await Send(service, "", [.. Slices(0, 8)]);

        Assert.Equal(HttpStatusCode.OK, stored.StatusCode);
        Assert.Equal(8, (await stored.Json()).GetProperty("00081199").GetProperty("Value").GetArrayLength());
        var answer = await Answer(service, "1.2.3", 8);
        Assert.Equal(("answered", "tumour", true), (answer.GetProperty("status").GetString(), answer.GetProperty("verdict").GetString(), answer.GetProperty("accepted").GetBoolean()));
        Assert.Equal("/v1/studies/1.2.3", answer.GetProperty("path").GetString());
        Assert.Equal(
            ["/v1/studies/1.2.3/series/1.2.3.1/instances/1.2.3.1.3"],
            answer.GetProperty("series")[0].GetProperty("carrying").EnumerateArray().Select(slice => slice.GetProperty("path").GetString()).Where(path => path!.EndsWith(".3", StringComparison.Ordinal)));
        Assert.DoesNotContain("Test^", answer.ToString(), StringComparison.Ordinal);
        var list = await (await service.Get("/v1/studies")).Json();
        Assert.Equal("answered", list.GetProperty("studies")[0].GetProperty("status").GetString());
    }

    [Fact]
    public async Task What_comes_late_is_answered_with_all_others_and_what_comes_twice_changes_nothing()
    {
        await using var service = await Start();
        await Send(service, "", [.. Slices(0, 2)]);
        var first = await Answer(service, "1.2.3", 2);
        Assert.Contains("covers 10 mm", first.GetProperty("series")[0].GetProperty("reason").GetString(), StringComparison.Ordinal);

        await Send(service, "/1.2.3", [.. Slices(1, 8)]);
        var second = await Answer(service, "1.2.3", 8);
        await Send(service, "/1.2.3", [.. Slices(0, 8)]);
        var third = await service.Get("/v1/studies/1.2.3");

        Assert.Equal("tumour", second.GetProperty("verdict").GetString());
        Assert.Equal((HttpStatusCode.OK, second.ToString()), (third.StatusCode, (await third.Json()).ToString()));
    }

    [Fact]
    public async Task A_service_that_was_stopped_answers_what_it_had_taken()
    {
        await using (var first = await Start(quiet: 3600)) await Send(first, "", [.. Slices(0, 8)]);
        // An object of which the end never came.
        Directory.CreateDirectory(_folder.File("spool/incoming"));
        File.WriteAllBytes(_folder.File("spool/incoming/rest"), new byte[10]);

        await using var second = await Start();

        Assert.Equal("tumour", (await Answer(second, "1.2.3", 8)).GetProperty("verdict").GetString());
    }

    [Fact]
    public async Task What_cannot_be_taken_is_told_and_the_rest_is_taken()
    {
        await using var service = await Start(quiet: 3600);
        var slice = Slices(0, 1).Single();

        var some = await Send(service, "", slice, "no DICOM"u8.ToArray());
        var other = await Send(service, "/9.9", slice);
        var form = await service.Send(slice, "application/dicom", "/v1/dicom-web/studies");

        Assert.Equal(HttpStatusCode.Accepted, some.StatusCode);
        Assert.Equal(0xC000, Failure(await some.Json()));
        Assert.Equal(HttpStatusCode.Conflict, other.StatusCode);
        Assert.Equal(0xA900, Failure(await other.Json()));
        Assert.Contains("multipart/related", await form.Problem(415), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Accepted, (await service.Get("/v1/studies/1.2.3")).StatusCode);
        await (await service.Get("/v1/studies/9.9")).Problem(404);
        await (await service.Get("/v1/studies/..%2F..%2Fdata")).Problem(404);
    }

    [Fact]
    public async Task Objects_that_are_no_images_are_taken_and_not_kept()
    {
        await using var service = await Start();

        var stored = await Send(service, "", new WrittenSlice("1.2.3", "1.2.3.9") { Modality = "SR" }.Bytes(1, 0, Green));

        Assert.Equal(HttpStatusCode.OK, stored.StatusCode);
        await (await service.Get("/v1/studies/1.2.3")).Problem(404);
    }

    [Fact]
    public async Task A_study_is_deleted_with_its_answer()
    {
        await using var service = await Start();
        await Send(service, "", [.. Slices(0, 8)]);
        await Answer(service, "1.2.3", 8);

        Assert.Equal(HttpStatusCode.NoContent, (await service.Client.DeleteAsync("/v1/studies/1.2.3", TestContext.Current.CancellationToken)).StatusCode);

        Assert.Empty(Directory.GetFiles(_folder.File("spool"), "*", SearchOption.AllDirectories));
        await (await service.Get("/v1/studies/1.2.3")).Problem(404);
    }

    [Fact]
    public async Task Without_the_option_nothing_takes_studies()
    {
        await using var service = await RunningService.Start(_folder);

        Assert.Equal(HttpStatusCode.NotFound, (await Send(service, "", [.. Slices(0, 1)])).StatusCode);
    }

    internal static IEnumerable<byte[]> Slices(int from, int to) =>
        Enumerable.Range(from, to - from).Select(i => new WrittenSlice("1.2.3", "1.2.3.1").Bytes(i + 1, 5 * i, i is 2 or 3 or 4 ? Blue : Green));

    internal static async Task<JsonElement> Answer(RunningService service, string study, int objects)
    {
        for (int tries = 0; tries < 300; tries++)
        {
            var answer = await service.Get("/v1/studies/" + study);
            if (answer.StatusCode == HttpStatusCode.OK && await answer.Json() is var json && json.GetProperty("objects").GetInt32() == objects) return json;
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }
        throw new TimeoutException($"{study} was not answered");
    }

    private static int Failure(JsonElement answer) => answer.GetProperty("00081198").GetProperty("Value")[0].GetProperty("00081197").GetProperty("Value")[0].GetInt32();

    private Task<RunningService> Start(int quiet = 1) =>
        RunningService.Start(_folder, options => options with { Studies = new StudyOptions(_folder.File("spool")) { Quiet = TimeSpan.FromSeconds(quiet) } });

    private static Task<HttpResponseMessage> Send(RunningService service, string path, params byte[][] files)
    {
        var body = new MultipartContent("related");
        body.Headers.ContentType!.Parameters.Add(new NameValueHeaderValue("type", "\"application/dicom\""));
        foreach (var file in files)
        {
            var part = new ByteArrayContent(file);
            part.Headers.ContentType = new MediaTypeHeaderValue("application/dicom");
            body.Add(part);
        }
        return service.Post("/v1/dicom-web/studies" + path, body);
    }
}
