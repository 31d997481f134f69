using System.Text.Json;
using Gyrus.Imaging.Decoding;
using Gyrus.Imaging.Encoders;
using Gyrus.Testing;
using Gyrus.Testing.Models;
using Microsoft.Playwright;
using Xunit;

namespace Gyrus.Server.Tests.WebPage;

/// <summary>The page that classifies scans in the browser.</summary>
public sealed class PageOnThisComputerTests : IDisposable
{
    /// <summary>How far probabilities may be from the service's.</summary>
    private const double Tolerance = 1e-3;

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private string Red => TestImage.Write(_folder.File("red.png"), 255, 0, 0, width: 300, height: 200);

    private string Green => TestImage.Write(_folder.File("green.jpg"), 0, 255, 0);

    [Fact]
    public async Task Real_scans_get_the_answers_of_the_service()
    {
        string[] scans = [.. RealScans(16), .. new[] { "CT_small.dcm", "MR_small_RLE.dcm", "MR_small_bigendian.dcm", "MR_truncated.dcm" }.Select(name => TestFiles.Shared($"dicom/pydicom/{name}"))];
        await using var visited = await VisitedPage.Open(_folder, options => options with { Model = Path.Combine(TestFiles.Root, "models", "default") });

        var here = await Answered(visited, scans);

        for (int i = 0; i < scans.Length; i++)
        {
            var sent = await visited.Service.Send((Path.GetFileName(scans[i]), await File.ReadAllBytesAsync(scans[i], TestContext.Current.CancellationToken)));
            var service = JsonDocument.Parse(await sent.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement.GetProperty("results")[0];
            Assert.Equal(Told(service), Told(here[i]));
            if (service.TryGetProperty("error", out _)) continue;
            foreach (var label in service.GetProperty("probabilities").EnumerateObject())
                Assert.Equal(label.Value.GetDouble(), here[i].GetProperty("probabilities").GetProperty(label.Name).GetDouble(), Tolerance);
            Assert.Equal(service.GetProperty("tumour").GetDouble(), here[i].GetProperty("tumour").GetDouble(), Tolerance);
        }
    }

    [Fact]
    public async Task The_threshold_and_the_views_are_those_of_the_service_and_the_heat_map_is_its_picture()
    {
        await using var visited = await VisitedPage.Open(_folder, options => options with { Threshold = 0.125, Views = 4 });

        var here = (await Answered(visited, Red))[0];

        var sent = await visited.Service.Send(await File.ReadAllBytesAsync(Red, TestContext.Current.CancellationToken), path: "/v1/classify?heatmap=true");
        var service = JsonDocument.Parse(await sent.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement;
        Assert.Equal(0.125, here.GetProperty("threshold").GetDouble());
        Assert.Equal(0.125, service.GetProperty("threshold").GetDouble());
        Assert.Equal(Told(service), Told(here));
        Assert.Equal(service.GetProperty("heatmapScan").ToString(), here.GetProperty("heatmapScan").ToString());
        Assert.Equal(ScanDecoder.Decode("service", Picture(service)).Rgb, ScanDecoder.Decode("here", Picture(here)).Rgb);
    }

    [Fact]
    public async Task Nothing_is_sent_and_the_page_says_so_until_the_service_is_chosen_again()
    {
        await using var visited = await VisitedPage.Open(_folder);
        var page = visited.Page;
        await page.GetByText("They are not kept.").WaitForAsync();
        await page.Locator("#where input[value=here]").CheckAsync();
        await page.GetByText("They do not leave this computer").WaitForAsync();

        await visited.Classify("2 images classified.", Red, Green);

        Assert.Empty(visited.Sent);
        Assert.Empty(visited.AskedElsewhere);
        Assert.Empty(visited.Errors);
        Assert.Equal(0, await page.Locator("#rows tr").CountAsync());
        var tumour = page.Locator("article.tumour");
        Assert.Equal("red.png", await tumour.Locator("h3").InnerTextAsync());
        Assert.Equal("Computed on this computer; nothing was sent.", await tumour.Locator(".made").InnerTextAsync());
        Assert.Equal(300, await tumour.Locator(".scan").EvaluateAsync<int>("e => e.naturalWidth"));

        await page.ReloadAsync();
        await Assertions.Expect(page.Locator("#where input[value=here]")).ToBeCheckedAsync();
        await page.Locator("#where input[value=service]").CheckAsync();
        await visited.Classify("1 image classified.", Red);
        Assert.Single(visited.Sent, address => address.Contains("/v1/classify", StringComparison.Ordinal));
        Assert.Equal("", await page.Locator("article").First.Locator(".made").InnerTextAsync());
    }

    [Fact]
    public async Task What_a_browser_cannot_read_as_the_service_does_has_no_answer()
    {
        var deep = _folder.File("deep.png");
        await File.WriteAllBytesAsync(deep, PngEncoder.Encode16([.. Enumerable.Range(0, 64 * 64).Select(i => (ushort)(16 * i))], 64, 64), TestContext.Current.CancellationToken);
        var cut = _folder.File("cut.png");
        await File.WriteAllBytesAsync(cut, (await File.ReadAllBytesAsync(Red, TestContext.Current.CancellationToken))[..60], TestContext.Current.CancellationToken);
        var words = _folder.File("words.txt");
        await File.WriteAllTextAsync(words, "no image", TestContext.Current.CancellationToken);
        await using var visited = await VisitedPage.Open(_folder);

        var here = await Answered(visited, deep, cut, words);

        Assert.StartsWith("this browser reads PNG of 16 bits with 8 of them.", Fault(here[0]), StringComparison.Ordinal);
        Assert.StartsWith("this browser cannot decode the image.", Fault(here[1]), StringComparison.Ordinal);
        Assert.StartsWith("words.txt: the content is no image that Gyrus reads", Fault(here[2]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_study_gets_the_answer_of_the_service_and_is_not_sent()
    {
        // A series, a slice of another, one that is cut off, and a volume.
        string[] files =
        [
            .. Directory.GetFiles(TestFiles.Shared("dicom/nichart_t1"), "0*.dcm"), TestFiles.Shared("dicom/pydicom/CT_small.dcm"),
            TestFiles.Shared("dicom/pydicom/MR_truncated.dcm"), Assert.Single(Directory.GetFiles(TestFiles.Shared("dicom/nifti_brainlesion"))),
        ];
        await using var visited = await VisitedPage.Open(_folder, options => options with { Model = Path.Combine(TestFiles.Root, "models", "default") });
        await visited.Page.Locator("#where input[value=here]").CheckAsync();

        await visited.Classify("studies answered.", files);

        Assert.Empty(visited.Sent);
        Assert.Equal("Computed on this computer; nothing was sent.", await visited.Page.Locator("article.study .made").First.InnerTextAsync());
        await visited.Page.Locator(".slice").First.WaitForAsync();
        Assert.Empty(visited.Errors);
        var both = await Evaluated(visited, files, """
            async (files, model) => {
              const { studyHere } = await import("/computer.js");
              const { answerOf } = await import("/study.js");
              return [await answerOf(files, model), await studyHere(files, model, () => {})];
            }
            """);
        Same(both[0], both[1], "");
        Assert.Equal(4, both[0].GetProperty("studies").GetArrayLength());
    }

    [Fact]
    public async Task The_model_needs_a_key_where_the_service_does_and_its_description_has_no_hashes_of_images()
    {
        await using var service = await RunningService.Start(_folder, options => options with { FixedKey = "a key that nobody would guess" });

        Assert.Equal(System.Net.HttpStatusCode.Unauthorized, (await service.Get("/v1/model/network")).StatusCode);
        Assert.Equal(System.Net.HttpStatusCode.Unauthorized, (await service.Get("/v1/model/description")).StatusCode);
        Assert.Equal(System.Net.HttpStatusCode.OK, (await service.Get("/computer/dotnet.js")).StatusCode);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/model/description") { Headers = { { "x-api-key", "a key that nobody would guess" } } };
        var description = await (await service.Ask(request)).Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, JsonDocument.Parse(description).RootElement.GetProperty("trainingImages").GetArrayLength());
    }

    /// <summary>What the page's own code answers in the browser.</summary>
    private static async Task<IReadOnlyList<JsonElement>> Answered(VisitedPage visited, params string[] files) => [.. (await Evaluated(visited, files, """
        async (files, model) => {
          const { answerHere } = await import("/computer.js");
          return Promise.all(files.map((file) => answerHere(file, model, "")));
        }
        """)).EnumerateArray()];

    private static async Task<JsonElement> Evaluated(VisitedPage visited, string[] files, string function)
    {
        await visited.Page.EvaluateAsync("() => { const all = document.createElement('input'); all.type = 'file'; all.id = 'all'; all.multiple = true; document.body.append(all); }");
        await visited.Page.Locator("#all").SetInputFilesAsync(files);
        // As text, since Playwright numbers objects.
        return JsonDocument.Parse(await visited.Page.EvaluateAsync<string>($$"""
            async () => {
              const { call } = await import("/service.js");
              return JSON.stringify(await ({{function}})([...document.getElementById("all").files], await call("v1/model")));
            }
            """)).RootElement;
    }

    /// <summary>Checks that two answers say the same, but for the last digits of numbers.</summary>
    private static void Same(JsonElement service, JsonElement here, string place)
    {
        if (service.ValueKind == JsonValueKind.Number)
        {
            // Evidence is in log-odds, which may be large.
            double value = service.GetDouble();
            Assert.True(Math.Abs(value - here.GetDouble()) <= Tolerance * Math.Max(1, Math.Abs(value)), $"{place}: {service} and {here}");
        }
        else if (service.ValueKind == JsonValueKind.Array)
        {
            Assert.Equal(service.GetArrayLength(), here.GetArrayLength());
            for (int i = 0; i < service.GetArrayLength(); i++) Same(service[i], here[i], $"{place}[{i}]");
        }
        else if (service.ValueKind == JsonValueKind.Object)
        {
            foreach (var member in service.EnumerateObject()) Same(member.Value, here.GetProperty(member.Name), $"{place}.{member.Name}");
        }
        else
        {
            Assert.Equal($"{place}: {service}", $"{place}: {here}");
        }
    }

    private static string Told(JsonElement answer) => string.Join("; ", new[] { "label", "verdict", "modality", "type", "set", "accepted", "reason", "worth", "error" }
        .Select(name => $"{name} {(answer.TryGetProperty(name, out var value) ? value : null)}"));

    private static string Fault(JsonElement answer) => answer.GetProperty("error").GetString()!;

    private static byte[] Picture(JsonElement answer) => Convert.FromBase64String(answer.GetProperty("heatmap").GetString()!.Split(',')[1]);

    private static string[] RealScans(int count)
    {
        string[] all = [.. Directory.GetFiles(TestFiles.Scans(), "*", SearchOption.AllDirectories)
            .Where(file => Path.GetExtension(file).ToLowerInvariant() is ".png" or ".jpg" or ".jpeg").Order(StringComparer.Ordinal)];
        return [.. Enumerable.Range(0, count).Select(i => all[i * (all.Length - 1) / (count - 1)])];
    }
}
