using Microsoft.Playwright;
using Xunit;

namespace Gyrus.Testing.Browser;

/// <summary>The system's Chromium, driven by Playwright.</summary>
public sealed class Chromium : IAsyncDisposable
{
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome"];

    // A container has no sandbox of its own to give, and nothing here may ask the network for anything.
    private static readonly string[] Arguments =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync",
    ];

    // How long a page may take is not what these tests are about: on a machine that is busy with other work it is minutes.
    private const float LongestMilliseconds = 300_000;

    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;

    private Chromium(IPlaywright playwright, IBrowser browser) => (_playwright, _browser) = (playwright, browser);

    /// <summary>Starts it, or skips the calling test where there is none.</summary>
    public static async Task<Chromium> Start()
    {
        var program = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .SelectMany(_ => Names, Path.Combine).FirstOrDefault(File.Exists);
        Assert.SkipWhen(program is null, "needs Chromium on the PATH; on Debian: apt-get install chromium");
        Assertions.SetDefaultExpectTimeout(LongestMilliseconds);
        var playwright = await Playwright.CreateAsync();
        return new Chromium(playwright, await playwright.Chromium.LaunchAsync(
            new BrowserTypeLaunchOptions { ExecutablePath = program, Args = Arguments, Timeout = LongestMilliseconds }));
    }

    /// <summary>An empty page of a width.</summary>
    public async Task<IPage> NewPage(int width)
    {
        var page = await _browser.NewPageAsync();
        page.SetDefaultTimeout(LongestMilliseconds);
        await page.SetViewportSizeAsync(width, 900);
        return page;
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
    }
}
