using Gyrus.Testing;
using Gyrus.Testing.Models;
using Microsoft.Playwright;
using Xunit;

namespace Gyrus.Server.Tests.WebPage;

/// <summary>What the page says of files that have no answer.</summary>
public sealed class PageWithoutAnswerTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private string Red => TestImage.Write(_folder.File("red.png"), 255, 0, 0, width: 300, height: 200);

    private string Green => TestImage.Write(_folder.File("green.jpg"), 0, 255, 0);

    [Fact]
    public async Task A_file_over_the_limit_among_three_has_its_own_word_and_the_others_are_answered()
    {
        await using var visited = await VisitedPage.Open(_folder, options => options with { LargestImage = 100_000 });
        var page = visited.Page;
        File.WriteAllBytes(_folder.File("huge.png"), new byte[200_000]);

        await visited.Classify("2 of 3 images have an answer.", Red, _folder.File("huge.png"), Green);

        Assert.Equal("huge.png", await page.Locator("article.none h3").InnerTextAsync());
        Assert.Contains("0.1 MiB at most", await page.Locator("article.none .verdict").InnerTextAsync(), StringComparison.Ordinal);
        Assert.Equal(1, await page.Locator("article.tumour").CountAsync());
        Assert.Equal(1, await page.Locator("article.healthy").CountAsync());
        await Assertions.Expect(page.Locator("#rows tr")).ToHaveCountAsync(2);
    }

    [Fact]
    public async Task A_file_that_the_service_does_not_take_is_a_row_and_a_service_that_ends_stops_the_work_with_what_is_done()
    {
        await using var visited = await VisitedPage.Open(_folder);
        var page = visited.Page;
        int asked = 0;
        await page.RouteAsync("**/v1/classify*", async route =>
        {
            asked++;
            if (asked == 1) await route.FulfillAsync(new() { Status = 413, ContentType = "application/problem+json", Body = """{"detail": "Too large."}""" });
            else if (asked == 2) await route.ContinueAsync();
            else await route.AbortAsync();
        });

        await visited.Classify("Stopped after 2 of 3: the service does not answer.", Green, Red, Green);

        Assert.Equal("No answer: Too large.", await page.Locator("article.none .verdict").InnerTextAsync());
        Assert.Equal(1, await page.Locator("article.tumour").CountAsync());
    }

    [Fact]
    public async Task What_is_refused_is_no_answer_in_the_list_the_history_and_the_export()
    {
        var model = Path.Combine(TestFiles.Root, "models", "default");
        await using var visited = await VisitedPage.Open(_folder, options => options with { Model = model });
        var page = visited.Page;

        await visited.Classify("1 of 2 images have an answer.", Red, Path.Combine(TestFiles.Root, "samples", "mri-healthy-coronal.png"));

        var article = page.Locator("article.none");
        Assert.Matches("^Refused: .*colour", await article.Locator(".verdict").InnerTextAsync());
        Assert.DoesNotContain("%", await article.InnerTextAsync(), StringComparison.Ordinal);
        Assert.False(await article.Locator("figure").IsVisibleAsync());
        var row = page.Locator("#rows tr").Filter(new() { HasText = "refused: " });
        await row.WaitForAsync();
        var told = await row.InnerTextAsync();
        Assert.Contains("colour", told, StringComparison.Ordinal);
        Assert.DoesNotContain("%", told, StringComparison.Ordinal);
        Assert.DoesNotMatch("(CT|MRI), ", told);

        var export = page.GetByRole(AriaRole.Button, new() { Name = "Export as CSV" });
        var download = await page.RunAndWaitForDownloadAsync(() => export.ClickAsync());
        var lines = await File.ReadAllLinesAsync(await download.PathAsync(), TestContext.Current.CancellationToken);
        Assert.Contains("\"\",\"\",\"\",\"false\"", lines.Single(line => line.Contains("colour", StringComparison.Ordinal)), StringComparison.Ordinal);

        await Search(page, "none");
        await Assertions.Expect(page.Locator("#rows tr")).ToHaveCountAsync(1);
        await Assertions.Expect(row).ToHaveCountAsync(1);
        foreach (var verdict in (string[])["tumour", "healthy"])
        {
            await Search(page, verdict);
            await Assertions.Expect(row).ToHaveCountAsync(0);
        }
    }

    private static async Task Search(IPage page, string verdict)
    {
        await page.Locator("select[name=verdict]").SelectOptionAsync(verdict);
        await page.RunAndWaitForResponseAsync(
            () => page.GetByRole(AriaRole.Button, new() { Name = "Search" }).ClickAsync(), response => response.Url.Contains("/v1/results", StringComparison.Ordinal));
    }
}
