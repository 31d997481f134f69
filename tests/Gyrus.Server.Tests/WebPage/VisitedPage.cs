using Gyrus.Server.Hosting;
using Gyrus.Testing;
using Gyrus.Testing.Browser;
using Microsoft.Playwright;

namespace Gyrus.Server.Tests.WebPage;

/// <summary>A service, and a browser that has opened a page of it.</summary>
internal sealed class VisitedPage : IAsyncDisposable
{
    private readonly Chromium _browser;

    private VisitedPage(RunningService service, Chromium browser, IPage page)
    {
        (Service, _browser, Page) = (service, browser, page);
        page.Request += (_, request) =>
        {
            Asked.Add(request.Url);
            if (request.Method != "GET") Sent.Add(request.Url);
        };
        page.Console += (_, message) => { if (message.Type is "error" or "warning") Errors.Add(message.Text); };
        page.PageError += (_, error) => Errors.Add(error);
    }

    public RunningService Service { get; }

    public IPage Page { get; }

    /// <summary>The addresses that the browser asked for.</summary>
    public List<string> Asked { get; } = [];

    /// <summary>The addresses that the browser sent something to.</summary>
    public List<string> Sent { get; } = [];

    /// <summary>What the browser's console has of errors and warnings.</summary>
    public List<string> Errors { get; } = [];

    /// <summary>The addresses that are neither the service's nor made by the page itself.</summary>
    public IEnumerable<string> AskedElsewhere => Asked.Where(url =>
        !url.StartsWith(Service.Client.BaseAddress!.ToString(), StringComparison.Ordinal)
        && !url.StartsWith("data:", StringComparison.Ordinal) && !url.StartsWith("blob:", StringComparison.Ordinal));

    /// <summary>Starts both.</summary>
    /// <param name="folder">The test's folder.</param>
    /// <param name="change">Changes the service's usual options.</param>
    /// <param name="before">What is sent before the page is opened.</param>
    /// <param name="width">The page's, in pixels.</param>
    /// <param name="path">Which page.</param>
    public static async Task<VisitedPage> Open(
        TempFolder folder, Func<ServiceOptions, ServiceOptions>? change = null, Func<RunningService, Task>? before = null, int width = 1200, string path = "")
    {
        var service = await RunningService.Start(folder, change);
        if (before is not null) await before(service);
        var browser = await Chromium.Start();
        var visited = new VisitedPage(service, browser, await browser.NewPage(width));
        await visited.Page.GotoAsync(service.Client.BaseAddress + path);
        return visited;
    }

    /// <summary>Gives files to the page, and waits for a text that says that it is done with them.</summary>
    public async Task Classify(string done, params string[] files)
    {
        await Page.Locator("#files").SetInputFilesAsync(files);
        await Page.GetByText(done).WaitForAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        await Service.DisposeAsync();
    }
}
