using System.Text.RegularExpressions;
using Gyrus.Server.Keys;
using Gyrus.Testing;
using Gyrus.Testing.Browser;
using Gyrus.Testing.Models;
using Microsoft.Playwright;
using Xunit;

namespace Gyrus.Server.Tests.WebPage;

/// <summary>The page in a real browser.</summary>
public sealed class PageTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private string Red => TestImage.Write(_folder.File("red.png"), 255, 0, 0, width: 300, height: 200);

    private string Green => TestImage.Write(_folder.File("green.jpg"), 0, 255, 0);

    [Fact]
    public async Task Scans_are_answered_in_words_with_bars_and_a_heat_map_and_go_into_the_history()
    {
        await using var visited = await VisitedPage.Open(_folder);
        var page = visited.Page;

        await page.Locator("#files").SetInputFilesAsync([Red, Green]);
        await page.Locator("article").Nth(1).WaitForAsync();
        await page.GetByText("2 images classified.").WaitForAsync();

        var tumour = page.Locator("article.tumour");
        Assert.Equal("red.png", await tumour.Locator("h3").InnerTextAsync());
        Assert.StartsWith("The model sees a tumour: probability 100.0 %", await tumour.Locator(".verdict").InnerTextAsync(), StringComparison.Ordinal);
        Assert.Equal("CT, tumour", await tumour.Locator("dt").First.InnerTextAsync());
        Assert.Equal(7, await tumour.Locator("dd").CountAsync());
        Assert.StartsWith("The model sees no tumour", await page.Locator("article.healthy .verdict").InnerTextAsync(), StringComparison.Ordinal);
        await page.Locator("#rows tr").Nth(1).WaitForAsync();
        Assert.Equal(2, await page.Locator("#rows tr").CountAsync());
        Assert.Empty(visited.Errors);
        Assert.NotEmpty(visited.Asked);
        Assert.Empty(visited.AskedElsewhere);
    }

    [Fact]
    public async Task The_heat_map_slides_over_the_scan_which_lies_just_on_it()
    {
        await using var visited = await VisitedPage.Open(_folder);
        var page = visited.Page;
        await page.Locator("#files").SetInputFilesAsync(Red);
        var scan = page.Locator("article .scan");
        await Assertions.Expect(scan).ToHaveAttributeAsync("style", new Regex("width"));

        var (overlay, picture) = ((await scan.BoundingBoxAsync())!, (await page.Locator(".map").BoundingBoxAsync())!);
        Assert.Equal(picture.X, overlay.X, 0.5f);
        Assert.Equal(1.5, overlay.Width / overlay.Height, 0.02);
        Assert.InRange(overlay.Width, 0.5 * picture.Width, 0.99 * picture.Width);
        Assert.Equal("inset(0px 0px 0px 0%)", await scan.EvaluateAsync<string>("e => getComputedStyle(e).clipPath"));

        await page.Locator("article input[type=range]").FillAsync("30");
        Assert.Contains("30%", await scan.EvaluateAsync<string>("e => e.style.clipPath"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_tumour_is_said_in_no_colour_and_with_the_limits_of_the_answer_beside_it()
    {
        await using var visited = await VisitedPage.Open(_folder);
        await visited.Classify("2 images classified.", Red, Green);
        var answer = visited.Page.Locator("article.healthy");

        async Task<string> Colour(string of) => await answer.Locator(of).EvaluateAsync<string>("e => getComputedStyle(e).color");
        Assert.Equal(await Colour("h3"), await Colour(".verdict"));
        await Assertions.Expect(answer.Locator(".worth")).ToBeVisibleAsync();
        Assert.StartsWith("That does not mean that there is none.", await answer.Locator(".worth").InnerTextAsync(), StringComparison.Ordinal);
        await Assertions.Expect(answer.Locator(".limits")).ToContainTextAsync("haemorrhage");
        var (verdict, limits, bars) = (
            (await answer.Locator(".verdict").BoundingBoxAsync())!, (await answer.Locator(".limits").BoundingBoxAsync())!,
            (await answer.Locator(".bars").BoundingBoxAsync())!);
        Assert.InRange(limits.Y, verdict.Y + verdict.Height, bars.Y);
        // The scan lies whole over its heat map until a reader slides it away.
        Assert.Equal("inset(0px 0px 0px 0%)", await answer.Locator(".scan").EvaluateAsync<string>("e => getComputedStyle(e).clipPath"));
        await Assertions.Expect(visited.Page.Locator("#rows")).ToContainTextAsync("no tumour seen");
    }

    [Fact]
    public async Task A_file_that_is_no_image_says_so_and_the_next_is_answered()
    {
        await using var visited = await VisitedPage.Open(_folder);
        var page = visited.Page;
        File.WriteAllText(_folder.File("<b>notes.png"), "no image");

        await visited.Classify("1 of 2 images have an answer.", _folder.File("<b>notes.png"), Red);

        Assert.Equal("<b>notes.png", await page.Locator("article.none h3").InnerTextAsync());
        Assert.StartsWith("No answer:", await page.Locator("article.none .verdict").InnerTextAsync(), StringComparison.Ordinal);
        Assert.Equal(1, await page.Locator("article.tumour").CountAsync());
    }

    [Fact]
    public async Task History_is_searched_and_exported()
    {
        await using var visited = await VisitedPage.Open(_folder, before: async service =>
        {
            await service.Send(File.ReadAllBytes(Red));
            await service.Send(File.ReadAllBytes(Green));
        });
        var page = visited.Page;
        await page.Locator("#rows tr").Nth(1).WaitForAsync();

        await page.Locator("select[name=verdict]").SelectOptionAsync("tumour");
        await page.GetByRole(AriaRole.Button, new() { Name = "Search" }).ClickAsync();
        await Assertions.Expect(page.Locator("#rows tr")).ToHaveCountAsync(1);
        Assert.Contains("CT, tumour", await page.Locator("#rows").InnerTextAsync(), StringComparison.Ordinal);

        var download = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Button, new() { Name = "Export as CSV" }).ClickAsync());
        var lines = await File.ReadAllLinesAsync(await download.PathAsync(), TestContext.Current.CancellationToken);
        Assert.Equal(2, lines.Length);
        Assert.Contains("\"ct_tumor\"", lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_a_key_is_needed_the_page_asks_for_it_until_it_is_good()
    {
        var key = KeyStore.Open(RunningService.Options(_folder).Database, TimeProvider.System).Add("clinic", 600);
        await using var visited = await VisitedPage.Open(_folder);
        var page = visited.Page;

        await page.Locator("#key-value").FillAsync("wrong");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("#key-value")).ToHaveValueAsync("");
        await page.Locator("#key-value").FillAsync(key);
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("#key")).ToBeHiddenAsync();
        await page.Locator("#files").SetInputFilesAsync(Red);

        await page.Locator("article.tumour").WaitForAsync();
    }

    [Fact]
    public async Task The_page_says_whether_images_are_kept_and_shows_one_that_is()
    {
        await using (var forgets = await VisitedPage.Open(_folder)) await forgets.Page.GetByText("They are not kept.").WaitForAsync();
        await using var visited = await VisitedPage.Open(
            _folder, options => options with { KeepImages = true }, service => service.Send(File.ReadAllBytes(Red)));
        var page = visited.Page;

        await page.GetByText("This service keeps them.").WaitForAsync();
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^Show the image") }).ClickAsync();

        var image = page.Locator("#image-itself");
        await Assertions.Expect(image).ToBeVisibleAsync();
        await Assertions.Expect(image).ToHaveJSPropertyAsync("naturalWidth", 300);
        Assert.Empty(await AxeCore.Run(page));
    }

    [Fact]
    public async Task The_models_card_is_a_click_away()
    {
        await using var visited = await VisitedPage.Open(_folder);
        var page = visited.Page;

        await page.GetByRole(AriaRole.Button, new() { Name = "Model card" }).ClickAsync();

        await page.GetByText("A model for tests.").WaitForAsync();
        Assert.Equal(1, await page.Locator("#card-text p").CountAsync());
        Assert.Empty(await AxeCore.Run(page));
        await page.Keyboard.PressAsync("Escape");
        Assert.False(await page.Locator("#card").IsVisibleAsync());
    }

    [Theory]
    [InlineData(1200, ColorScheme.Light)]
    [InlineData(1200, ColorScheme.Dark)]
    [InlineData(390, ColorScheme.Light)]
    public async Task The_page_fits_its_window_and_axe_finds_nothing(int width, ColorScheme scheme)
    {
        await using var visited = await VisitedPage.Open(_folder, width: width);
        var page = visited.Page;
        await page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = scheme });
        await visited.Classify("2 images classified.", Red, Green);
        await page.Locator("#rows tr").Nth(1).WaitForAsync();

        Assert.InRange(await page.EvaluateAsync<int>("document.documentElement.scrollWidth"), 1, width);
        Assert.Empty(await AxeCore.Run(page));
    }
}
