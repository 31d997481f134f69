using System.Text.RegularExpressions;
using Gyrus.Testing;
using Gyrus.Testing.Browser;
using Gyrus.Testing.Models;
using Microsoft.Playwright;
using Xunit;

namespace Gyrus.Server.Tests.WebPage;

/// <summary>Studies on the page, in a real browser.</summary>
public sealed class StudyPageTests : IDisposable
{
    private const int Slices = 12;

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>A CT series in a folder of its own, whose first slice is dark and whose others are bright all over, but for a white corner: the colour model sees a tumour where it is bright.</summary>
    private string Series(string modality = "CT")
    {
        var folder = _folder.File("study");
        Directory.CreateDirectory(folder);
        var series = new WrittenSlice("1.2.3", "1.2.3.1") { Modality = modality, Description = "HEAD 5 MM" };
        for (int i = 0; i < Slices; i++)
        {
            int level = i == 0 ? 10 : 60 + (4 * i);
            // Names say nothing of the order.
            File.WriteAllBytes(Path.Combine(folder, $"{Slices - i:D2}.dcm"), series.Grey(i + 1, 5 * i, (x, y) => x < 8 && y < 8 ? 1000 : level, (60, 121)));
        }
        return folder;
    }

    [Fact]
    public async Task A_folder_is_shown_as_a_study_with_its_series_slices_and_curve()
    {
        await using var visited = await VisitedPage.Open(_folder);
        var page = visited.Page;

        await DropFolder(page, Series("MR"));

        var study = page.Locator("article.study");
        Assert.Equal("Test, 1.2.3 · P1.2.3", await study.Locator("h3").InnerTextAsync());
        Assert.StartsWith("The model sees a tumour", await study.Locator(".verdict").InnerTextAsync(), StringComparison.Ordinal);
        Assert.StartsWith("That does not mean that there is one.", await study.Locator(".limits").InnerTextAsync(), StringComparison.Ordinal);
        await Assertions.Expect(study.Locator(".series button")).ToHaveTextAsync(new Regex("HEAD 5 MM · axial · 12 slices.*The model sees a tumour"));
        Assert.Equal(Slices, Regex.Count((await study.Locator(".curve .dots").GetAttributeAsync("d"))!, "M"));
        await Assertions.Expect(study.Locator(".of")).ToHaveTextAsync(new Regex(@"^\d\d\.dcm$"));
        Assert.Empty(visited.Errors);
        Assert.Empty(visited.AskedElsewhere);
    }

    [Fact]
    public async Task Names_stay_in_the_open_page()
    {
        await using var visited = await VisitedPage.Open(_folder);
        var page = visited.Page;
        await DropFolder(page, Series());

        Assert.Equal("{}{}", await page.EvaluateAsync<string>("JSON.stringify(localStorage) + JSON.stringify(sessionStorage)"));
        Assert.Empty((await (await visited.Service.Get("/v1/results")).Json()).GetProperty("results").EnumerateArray());
        await page.ReloadAsync();
        await page.GetByText("They are not kept.").WaitForAsync();
        Assert.DoesNotContain("1.2.3", await page.Locator("body").InnerTextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Wheel_keys_and_a_click_into_the_curve_scroll()
    {
        await using var visited = await VisitedPage.Open(_folder);
        var page = visited.Page;
        await DropFolder(page, Series());
        await page.Locator(".stage").FocusAsync();

        foreach (var (key, slice) in ((string, int)[])[("Home", 1), ("ArrowDown", 2), ("PageDown", 12), ("ArrowRight", 12), ("ArrowUp", 11), ("PageUp", 1), ("End", 12), ("ArrowLeft", 11)])
        {
            await page.Keyboard.PressAsync(key);
            await Shows(page, slice);
        }
        float width = (await page.Locator(".curve").BoundingBoxAsync())!.Width;
        await page.Locator(".curve").ClickAsync(new() { Position = new() { X = width * 3.5f / Slices, Y = 20 } });
        await Shows(page, 4);
        await page.Locator(".stage").HoverAsync();
        await page.Mouse.WheelAsync(0, 120);
        await Shows(page, 5);
        await page.Mouse.WheelAsync(0, -120);
        await page.Mouse.WheelAsync(0, -120);
        await Shows(page, 3);
        await page.Locator(".slide").FillAsync("7");
        await Shows(page, 7);
        await page.Locator(".curve").FocusAsync();
        await page.Keyboard.PressAsync("ArrowRight");
        await Shows(page, 8);
    }

    [Fact]
    public async Task Values_are_seen_through_the_window_that_is_chosen_or_dragged()
    {
        await using var visited = await VisitedPage.Open(_folder);
        var page = visited.Page;
        await DropFolder(page, Series());
        await page.Locator(".stage").FocusAsync();
        await page.Keyboard.PressAsync("Home");
        await Shows(page, 1);

        // The file's own is from 0 to 120, and slice 1 is at 10.
        Assert.Equal(255 * 10 / 120, await Grey(page, 32, 32), 3.0);
        Assert.Equal(255, await Grey(page, 2, 2));
        await page.Locator(".preset").SelectOptionAsync("brain");
        Assert.Equal(255 * 10 / 80, await Grey(page, 32, 32), 3.0);
        await page.Locator(".centre").FillAsync("10");
        await page.Locator(".centre").PressAsync("Enter");
        Assert.Equal(127, await Grey(page, 32, 32), 3.0);

        await page.Locator(".stage").HoverAsync();
        var stage = (await page.Locator(".stage").BoundingBoxAsync())!;
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync(stage.X + (stage.Width / 2), stage.Y + (stage.Height / 2) + 50);
        await page.Mouse.UpAsync();
        await Assertions.Expect(page.Locator(".preset")).ToHaveValueAsync("hand");
        Assert.InRange(await Grey(page, 32, 32), 0, 120);
        Assert.True(float.Parse(await page.Locator(".centre").InputValueAsync(), System.Globalization.CultureInfo.InvariantCulture) > 10);
        // It stays from slice to slice.
        await page.Locator(".stage").FocusAsync();
        await page.Keyboard.PressAsync("ArrowDown");
        await Shows(page, 2);
        await Assertions.Expect(page.Locator(".preset")).ToHaveValueAsync("hand");
    }

    [Fact]
    public async Task A_heat_map_comes_over_every_slice_only_once_it_is_asked_for()
    {
        await using var visited = await VisitedPage.Open(_folder);
        var page = visited.Page;
        // In greys the colour model sees nothing that speaks for one side.
        var folder = _folder.File("colours");
        Directory.CreateDirectory(folder);
        foreach (var (slice, i) in Studies.StudyTests.Slices(0, 8).Select((slice, i) => (slice, i))) File.WriteAllBytes(Path.Combine(folder, $"{i}"), slice);
        await DropFolder(page, folder);
        await page.Locator(".stage").FocusAsync();

        foreach (var (key, without) in ((string, string)[])[("Home", "0,255,0"), ("PageDown", "0,255,0"), ("Home", "0,255,0")])
        {
            await page.Locator(".heat").FillAsync("0");
            await page.Locator(".stage").PressAsync(key);
            Assert.Equal(without, await Colour(page));
            await page.Locator(".heat").FillAsync("100");
            Assert.NotEqual(without, await Colour(page));
        }
        await Assertions.Expect(page.Locator(".most")).ToHaveTextAsync(new Regex(@"^\+[0-9.]+ for a tumour$"));
    }

    [Fact]
    public async Task A_volume_is_cut_as_the_service_cuts_it()
    {
        await using var visited = await VisitedPage.Open(_folder);
        var page = visited.Page;
        var path = _folder.File("head.nii.gz");
        // Brighter to the patient's right, front and head, which are left, above and last in the picture.
        File.WriteAllBytes(path, WrittenNifti.Bytes((60, 50, 20), (3, 3, 8), (x, y, z) => (x < 30 ? 0 : 100) + (y < 25 ? 0 : 50) + z));

        await page.Locator("#files").SetInputFilesAsync(path);
        await page.GetByText("1 study answered.").WaitForAsync();
        await page.Locator(".stage").FocusAsync();
        await page.Keyboard.PressAsync("End");
        await Shows(page, 20);

        Assert.Equal("head.nii.gz", await page.Locator("article h3").InnerTextAsync());
        Assert.False(await page.Locator(".whose").IsVisibleAsync());
        var (frontRight, backRight, frontLeft) = (await Grey(page, 5, 5), await Grey(page, 5, 45), await Grey(page, 55, 5));
        Assert.True(frontRight > backRight && backRight > frontLeft, $"{frontRight}, {backRight}, {frontLeft}");
    }

    [Fact]
    public async Task Images_in_a_folder_with_a_study_are_answered_by_themselves_and_one_DICOM_file_is_an_image()
    {
        await using var visited = await VisitedPage.Open(_folder);
        var page = visited.Page;
        var folder = Series();
        TestImage.Write(Path.Combine(folder, "red.png"), 255, 0, 0);
        File.WriteAllText(Path.Combine(folder, "readme.txt"), "no image");

        await page.Locator("#folder").SetInputFilesAsync(folder);
        await page.GetByText("1 image classified.").WaitForAsync();
        Assert.Equal(1, await page.Locator("article.study").CountAsync());
        Assert.Equal("red.png", await page.Locator("article:not(.study) h3").InnerTextAsync());

        await page.Locator("#files").SetInputFilesAsync(Path.Combine(folder, "01.dcm"));
        await page.Locator("article:not(.study)").Nth(1).WaitForAsync();
        Assert.Equal("01.dcm", await page.Locator("article:not(.study) h3").First.InnerTextAsync());
    }

    [Fact]
    public async Task A_series_that_is_left_out_is_shown_with_the_reason()
    {
        await using var visited = await VisitedPage.Open(_folder);
        var page = visited.Page;
        var folder = Series();
        File.WriteAllBytes(Path.Combine(folder, "scout.dcm"), new WrittenSlice("1.2.3", "1.2.3.9") { ImageType = "ORIGINAL\\PRIMARY\\LOCALIZER", Modality = "CT" }.Grey(1, 0, (_, _) => 500));

        await DropFolder(page, folder);
        await page.Locator(".series button", new() { HasText = "localizer" }).ClickAsync();

        await Shows(page, 1);
        Assert.Equal("Slice 1 of 1: does not count.", await page.Locator(".says").InnerTextAsync());
        Assert.False(await page.Locator(".curve").IsVisibleAsync());
        Assert.False(await page.Locator(".heat").IsVisibleAsync());
    }

    [Fact]
    public async Task A_slice_whose_pixels_are_cut_off_says_so_and_the_next_is_shown()
    {
        await using var visited = await VisitedPage.Open(_folder);
        var page = visited.Page;
        var folder = Series();
        var first = Path.Combine(folder, "12.dcm");
        File.WriteAllBytes(first, File.ReadAllBytes(first)[..^1000]);

        await DropFolder(page, folder);
        await page.Locator(".stage").FocusAsync();
        await page.Keyboard.PressAsync("Home");

        await Assertions.Expect(page.Locator(".unseen")).ToContainTextAsync("This slice cannot be shown here");
        await page.Keyboard.PressAsync("ArrowDown");
        await Shows(page, 2);
        await Assertions.Expect(page.Locator(".unseen")).ToBeHiddenAsync();
    }

    [Theory]
    [InlineData(1200, ColorScheme.Light)]
    [InlineData(1200, ColorScheme.Dark)]
    [InlineData(390, ColorScheme.Dark)]
    public async Task A_study_fits_its_window_and_axe_finds_nothing(int width, ColorScheme scheme)
    {
        await using var visited = await VisitedPage.Open(_folder, width: width);
        var page = visited.Page;
        await page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = scheme });
        await DropFolder(page, Series());

        Assert.InRange(await page.EvaluateAsync<int>("document.documentElement.scrollWidth"), 1, width);
        var stage = (await page.Locator(".stage").BoundingBoxAsync())!;
        Assert.InRange(stage.X + stage.Width, 200, width);
        Assert.Empty(await AxeCore.Run(page));
    }

    [Fact]
    public async Task A_real_series_is_shown()
    {
        var files = Directory.GetFiles(TestFiles.Shared("dicom/nichart_t1"), "0*.dcm");
        await using var visited = await VisitedPage.Open(_folder, options => options with { Model = Path.Combine(TestFiles.Root, "models", "default") });
        var page = visited.Page;

        await page.Locator("#files").SetInputFilesAsync(files);
        await page.GetByText("1 study answered.").WaitForAsync();

        await Assertions.Expect(page.Locator(".slice")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("article h3")).ToContainTextAsync("2010-07-23");
        Assert.Empty(visited.Errors);
    }

    private static async Task DropFolder(IPage page, string folder)
    {
        await page.Locator("#folder").SetInputFilesAsync(folder);
        await page.GetByText("1 study answered.").WaitForAsync();
        await page.Locator(".slice[data-slice]").WaitForAsync();
    }

    private static Task Shows(IPage page, int slice) => Assertions.Expect(page.Locator(".slice")).ToHaveAttributeAsync("data-slice", $"{slice}");

    private static Task<double> Grey(IPage page, int x, int y) =>
        page.Locator(".slice").EvaluateAsync<double>($"canvas => canvas.getContext('2d').getImageData({x}, {y}, 1, 1).data[0]");

    private static Task<string> Colour(IPage page) =>
        page.Locator(".slice").EvaluateAsync<string>("canvas => [...canvas.getContext('2d').getImageData(30, 30, 1, 1).data.slice(0, 3)].join()");
}
