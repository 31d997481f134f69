using System.Text.Json;
using Gyrus.Imaging.Labels;
using Gyrus.Server.Hosting;
using Gyrus.Server.Tests.WebPage;
using Gyrus.Testing;
using Gyrus.Testing.Browser;
using Gyrus.Testing.Models;
using Microsoft.Playwright;
using Xunit;

namespace Gyrus.Server.Tests.Model;

/// <summary>A service whose model has labels of its own.</summary>
public sealed class OwnLabelsTests : IDisposable
{
    private static readonly LabelSet s_grades = LabelNames.Guess(["grade I", "grade II", "größer"]);
    private static readonly LabelSet s_yesNo = LabelNames.Guess(["yes", "no"], new LabelHints(Modality: Modality.Mri));

    private readonly TempFolder _folder = new();

    private string Red => TestImage.Write(_folder.File("red.png"), 255, 0, 0);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Labels_that_tell_tumours_have_a_verdict()
    {
        await using var service = await Start(s_yesNo, "no", "yes");

        var answer = await (await service.Send(File.ReadAllBytes(Red))).Json();
        var found = await (await service.Get("/v1/results?label=yes&verdict=tumour")).Json();

        Assert.Equal(["tumour", "yes", "mri"], ((string[])["verdict", "label", "modality"]).Select(name => answer.GetProperty(name).GetString()));
        Assert.Equal(1, found.GetProperty("results").GetArrayLength());
        Assert.Equal(400, (int)(await service.Get("/v1/results?label=ct_tumor")).StatusCode);
    }

    [Fact]
    public async Task Labels_that_do_not_have_no_tumour_anywhere()
    {
        await using var service = await Start(s_grades, "grade I", "grade II", "größer");

        var answer = await (await service.Send(File.ReadAllBytes(Red), path: "/v1/classify?heatmap=true")).Json();
        var model = await (await service.Get("/v1/model")).Json();
        var metadata = await (await service.Get("/v2/models/gyrus-test")).Json();

        Assert.Equal("grade II", answer.GetProperty("label").GetString());
        foreach (var member in (string[])["tumour", "threshold", "verdict", "modality", "type"])
            Assert.Equal(JsonValueKind.Null, answer.GetProperty(member).ValueKind);
        Assert.Equal(s_grades.Names, model.GetProperty("labels").EnumerateArray().Select(label => label.GetString()));
        Assert.All(model.GetProperty("labelMeanings").EnumerateArray(), one => Assert.Equal(JsonValueKind.Null, one.GetProperty("isTumour").ValueKind));
        Assert.True(model.GetProperty("heatMaps").GetBoolean());
        Assert.Equal("grade II", answer.GetProperty("heatmapLabel").GetString());
        Assert.Equal(
            ["probabilities", "label", "accepted"], metadata.GetProperty("outputs").EnumerateArray().Select(output => output.GetProperty("name").GetString()));
    }

    [Fact]
    public async Task The_page_shows_the_models_labels_and_says_nothing_of_tumours_where_they_do_not()
    {
        await using var visited = await VisitedPage.Open(_folder, Of(s_grades, "grade I", "grade II", "größer"));
        var page = visited.Page;

        await visited.Classify("1 image classified.", Red);

        Assert.StartsWith("grade II: probability 100.0 %", await page.Locator("article .verdict").InnerTextAsync(), StringComparison.Ordinal);
        Assert.Equal(["grade II", "grade I", "größer"], await page.Locator("article dt").AllInnerTextsAsync());
        Assert.DoesNotContain("tumour", await page.Locator("article").InnerTextAsync(), StringComparison.OrdinalIgnoreCase);
        Assert.Equal("The heat map is of grade II: red speaks for it, blue against it.", await page.Locator("figcaption").InnerTextAsync());
        Assert.Contains("red speaks for grade II", await page.Locator("img.map").GetAttributeAsync("alt"), StringComparison.Ordinal);
        Assert.Contains("größer", await page.Locator("select[name=label]").InnerTextAsync(), StringComparison.Ordinal);
        await page.Locator("#rows tr").WaitForAsync();
        Assert.Contains("grade II", await page.Locator("#rows").InnerTextAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain("tumour", await page.Locator("#history").InnerTextAsync(), StringComparison.OrdinalIgnoreCase);
        Assert.Equal(["any", "no answer"], await page.Locator("select[name=verdict] option").AllInnerTextsAsync());
        Assert.Equal(6, await page.Locator("#history th:visible").CountAsync());
        Assert.Equal(6, await page.Locator("#rows td:visible").CountAsync());
        Assert.Empty(await AxeCore.Run(page));
    }

    [Fact]
    public async Task The_page_shows_the_heat_map_of_a_label_that_is_chosen()
    {
        await using var visited = await VisitedPage.Open(_folder, Of(s_grades, "grade I", "grade II", "größer"));
        var page = visited.Page;

        var choice = page.GetByLabel("Heat maps show what speaks for");
        await choice.SelectOptionAsync("größer");
        await visited.Classify("1 image classified.", Red);

        Assert.Equal(
            ["the label that a scan is given", "grade I", "grade II", "größer"], await choice.Locator("option").AllInnerTextsAsync());
        Assert.StartsWith("grade II: probability", await page.Locator("article .verdict").InnerTextAsync(), StringComparison.Ordinal);
        Assert.Equal("The heat map is of größer: red speaks for it, blue against it.", await page.Locator("figcaption").InnerTextAsync());
    }

    [Fact]
    public async Task The_page_finds_what_an_earlier_model_answered_and_shows_its_tumours()
    {
        await using (var earlier = await Start(s_yesNo, "no", "yes")) await earlier.Send(File.ReadAllBytes(Red));
        await using var visited = await VisitedPage.Open(
            _folder, Of(s_grades, "grade I", "grade II", "größer"), service => service.Send(File.ReadAllBytes(Red)));
        var page = visited.Page;
        await page.Locator("#rows tr").Nth(1).WaitForAsync();

        Assert.Equal(["any", "grade I", "grade II", "größer", "yes"], await page.Locator("select[name=label] option").AllInnerTextsAsync());
        Assert.Equal(["any", "tumour", "no tumour seen", "no answer"], await page.Locator("select[name=verdict] option").AllInnerTextsAsync());
        await page.Locator("select[name=label]").SelectOptionAsync("yes");
        await page.GetByRole(AriaRole.Button, new() { Name = "Search" }).ClickAsync();
        await Assertions.Expect(page.Locator("#rows tr")).ToHaveCountAsync(1);

        Assert.Contains("100.0 %", await page.Locator("#rows").InnerTextAsync(), StringComparison.Ordinal);
        Assert.Empty(visited.Errors);
    }

    private Task<RunningService> Start(LabelSet labels, params string[] called) => RunningService.Start(_folder, Of(labels, called));

    private Func<ServiceOptions, ServiceOptions> Of(LabelSet labels, params string[] called) =>
        options => options with { Model = ColourModel.Write(_folder.File("own " + called[0]), labels, called).Folder };
}
