using Gyrus.Server.Keys;
using Gyrus.Testing;
using Gyrus.Testing.Models;
using Microsoft.Playwright;
using Xunit;

namespace Gyrus.Server.Tests.WebPage;

/// <summary>What the page keeps in the browser, and how it shows what it cannot show in full.</summary>
public sealed class PageMemoryTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private string Red => TestImage.Write(_folder.File("red.png"), 255, 0, 0, width: 300, height: 200);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Answers_are_there_again_after_a_reload_with_the_names_of_files_in_the_history_until_they_are_forgotten()
    {
        await using var visited = await VisitedPage.Open(_folder);
        var page = visited.Page;
        await visited.Classify("1 image classified.", Red);
        await Assertions.Expect(page.Locator("#rows")).ToContainTextAsync("red.png");

        await page.ReloadAsync();

        await page.Locator("article.tumour").WaitForAsync();
        Assert.Equal("red.png", await page.Locator("article h3").InnerTextAsync());
        Assert.True(await page.Locator("article figure").IsHiddenAsync());
        Assert.Contains("choose the file again", await page.Locator("article .again").InnerTextAsync(), StringComparison.Ordinal);
        await Assertions.Expect(page.Locator("#rows")).ToContainTextAsync("red.png");

        await page.GetByRole(AriaRole.Button, new() { Name = "Forget both" }).ClickAsync();

        await Assertions.Expect(page.Locator("#rows")).Not.ToContainTextAsync("red.png");
        Assert.Equal(1, await page.Locator("#rows tr").CountAsync());
        Assert.Equal(0, await page.Locator("article").CountAsync());
        await page.ReloadAsync();
        await page.Locator("#rows tr").WaitForAsync();
        Assert.Equal(0, await page.Locator("article").CountAsync());
    }

    [Fact]
    public async Task A_key_that_is_not_good_is_told()
    {
        KeyStore.Open(RunningService.Options(_folder).Database, TimeProvider.System).Add("clinic", 600);
        await using var visited = await VisitedPage.Open(_folder);
        var page = visited.Page;
        await page.Locator("#key").WaitForAsync();
        Assert.True(await page.Locator("#key-fault").IsHiddenAsync());

        await page.Locator("#key-value").FillAsync("wrong");
        await page.Keyboard.PressAsync("Enter");

        await page.GetByText("That key is not good here").WaitForAsync();
    }

    [Fact]
    public async Task A_file_that_the_browser_cannot_show_has_its_heat_map_for_the_asking()
    {
        await using var visited = await VisitedPage.Open(_folder);
        var page = visited.Page;
        await page.Locator("#files").SetInputFilesAsync(TestImage.Write(_folder.File("red.tif"), 255, 0, 0));

        await page.GetByText("This browser cannot show files of this kind.").WaitForAsync();
        Assert.True(await page.Locator("article .map").IsHiddenAsync());
        await page.GetByRole(AriaRole.Button, new() { Name = "Show the scan with its heat map" }).ClickAsync();

        await Assertions.Expect(page.Locator("article .map")).ToBeVisibleAsync();
    }

    [Theory]
    [InlineData("mri_healthy", "mri_meningioma", "tumour", "is MRI, healthy; the labels of tumours together reach")]
    [InlineData("mri_glioma", "mri_healthy", "healthy", "is MRI, glioma; the labels of tumours together stay below")]
    [InlineData("ct_tumor", "mri_glioma", "tumour", "is CT, tumour; the labels of the other modality")]
    [InlineData("mri_glioma", "mri_glioma", "tumour", "")]
    public async Task Where_the_highest_bar_is_not_the_label_the_page_says_why(string top, string label, string verdict, string expected)
    {
        await using var visited = await VisitedPage.Open(_folder);
        var page = visited.Page;
        await page.RouteAsync("**/v1/classify*", route => route.FulfillAsync(new RouteFulfillOptions
        {
            ContentType = "application/json",
            Body = $$"""
                {"results": [{"id": "1", "path": "red.png", "label": "{{label}}", "verdict": "{{verdict}}", "tumour": 0.4, "threshold": 0.3,
                "accepted": true, "type": null, "set": null, "probabilities": {"{{label}}": 0.2, "{{top}}": 0.45, "mri_pituitary": 0.1 } }]}
                """,
        }));
        await page.Locator("#files").SetInputFilesAsync(Red);
        await page.Locator("article").WaitForAsync();

        Assert.Contains(expected, await page.Locator("article .why").TextContentAsync() ?? "", StringComparison.Ordinal);
        Assert.Equal(expected.Length == 0, await page.Locator("article .why").IsHiddenAsync());
    }

    [Fact]
    public async Task What_an_answer_is_worth_on_images_made_like_it_stands_beside_it()
    {
        const string Worth = "Of images made like this one (Axial FLAIR) that were kept from training, it saw the tumour in 23 of 25.";
        await using var visited = await VisitedPage.Open(_folder);
        var page = visited.Page;
        await page.RouteAsync("**/v1/classify*", route => route.FulfillAsync(new RouteFulfillOptions
        {
            ContentType = "application/json",
            Body = $$"""
                {"results": [{"id": "1", "path": "red.png", "label": "mri_healthy", "verdict": "healthy", "tumour": 0.1, "threshold": 0.3,
                "accepted": true, "type": null, "set": null, "worth": "{{Worth}}", "probabilities": {"mri_healthy": 0.9, "mri_glioma": 0.1 } }]}
                """,
        }));
        await page.Locator("#files").SetInputFilesAsync(Red);

        await Assertions.Expect(page.Locator("article .worth"))
            .ToHaveTextAsync($"That does not mean that there is none. {Worth} On images from elsewhere it is wrong more often.");
    }

    [Fact]
    public async Task Printing_gives_the_answers_without_buttons()
    {
        await using var visited = await VisitedPage.Open(_folder);
        var page = visited.Page;
        await visited.Classify("1 image classified.", Red);

        await page.EmulateMediaAsync(new PageEmulateMediaOptions { Media = Media.Print });

        Assert.True(await page.Locator("article.tumour .verdict").IsVisibleAsync());
        Assert.True(await page.Locator(".notice").IsVisibleAsync());
        foreach (var button in await page.Locator("button, .button, select, input").AllAsync()) Assert.True(await button.IsHiddenAsync());
        Assert.True(await page.Locator("#history").IsHiddenAsync());
    }
}
