using System.Text;
using Gyrus.Data.Audit;
using Gyrus.Data.AuditPages;
using Gyrus.Testing.Browser;
using Microsoft.Playwright;
using Xunit;

namespace Gyrus.Data.Tests.Audit;

/// <summary>The page as a browser shows it.</summary>
public sealed class AuditPageBrowserTests : IDisposable
{
    private const string Hostile = "<script>document.title='run'<";

    private readonly AuditRig _rig = new();

    public void Dispose() => _rig.Dispose();

    [Theory]
    [InlineData(1200)]
    [InlineData(400)]
    public async Task The_page_is_whole_by_itself_and_fits_its_window(int width)
    {
        await using var browser = await Chromium.Start();
        var page = await browser.NewPage(width);
        var address = WriteAudit();
        var asked = new List<string>();
        var errors = new List<string>();
        page.Request += (_, request) => asked.Add(request.Url);
        page.Console += (_, message) => { if (message.Type is "error" or "warning") errors.Add(message.Text); };
        page.PageError += (_, error) => errors.Add(error);

        await page.GotoAsync(address, new PageGotoOptions { WaitUntil = WaitUntilState.NetworkIdle });

        Assert.Equal([address], asked.Where(url => !url.StartsWith("data:", StringComparison.Ordinal)));
        Assert.Empty(errors);
        Assert.Equal("Data set audit: set", await page.TitleAsync());
        Assert.Equal("set", await page.Locator("h1").InnerTextAsync());
        Assert.Contains("Score card", await page.Locator("h2").AllInnerTextsAsync());
        Assert.Equal(Findings.All.Count, await page.Locator("#score-card tbody tr").CountAsync());
        Assert.True(await page.Locator("img").CountAsync() >= 6);
        Assert.Equal(0, await page.EvaluateAsync<int>("[...document.images].filter(i => !i.complete || !i.naturalWidth).length"));
        Assert.Equal(0, await page.EvaluateAsync<int>("[...document.images].filter(i => !i.alt).length"));
        Assert.InRange(await page.EvaluateAsync<int>("document.documentElement.scrollWidth"), 1, width);
        Assert.Equal(0, await page.Locator("script").CountAsync());
        Assert.True(await page.GetByText(Hostile).First.IsVisibleAsync());
    }

    [Fact]
    public async Task Printed_it_shows_the_tables_that_are_folded_on_the_screen()
    {
        await using var browser = await Chromium.Start();
        var page = await browser.NewPage(1200);
        await page.GotoAsync(WriteAudit());
        var table = page.Locator("#contents table").First;
        Assert.False(await table.IsVisibleAsync());

        await page.EmulateMediaAsync(new PageEmulateMediaOptions { Media = Media.Print });
        Assert.True(await table.IsVisibleAsync());

        var pdf = Encoding.Latin1.GetString(await page.PdfAsync(new PagePdfOptions { Format = "A4" }));
        Assert.StartsWith("%PDF-", pdf, StringComparison.Ordinal);
        Assert.Matches("/Type /Pages[^>]*/Count [1-9]", pdf.ReplaceLineEndings(" "));
    }

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Text_stands_out_from_the_paper_in_light_and_in_dark(ColorScheme scheme)
    {
        await using var browser = await Chromium.Start();
        var page = await browser.NewPage(1200);
        await page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = scheme });
        await page.GotoAsync(WriteAudit());

        // The contrast of WCAG 2.1, of which its level AA asks 4.5.
        var low = await page.EvaluateAsync<string[]>("""
            () => {
              const light = c => {
                const [r, g, b] = c.match(/[\d.]+/g).map(v => v / 255).map(v => v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
                return 0.2126 * r + 0.7152 * g + 0.0722 * b;
              };
              const paper = e => {
                for (; e; e = e.parentElement) {
                  const c = getComputedStyle(e).backgroundColor;
                  if (c !== 'rgba(0, 0, 0, 0)') return c;
                }
              };
              return [...document.querySelectorAll('p, th, td, dd, dt, code, figcaption, .verdict, .part, summary, svg text')].filter(e => {
                const s = getComputedStyle(e), a = light(e.tagName === 'text' ? s.fill : s.color), b = light(paper(e));
                return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05) < 4.5;
              }).map(e => e.outerHTML.slice(0, 80));
            }
            """);

        Assert.Empty(low);
    }

    private string WriteAudit()
    {
        _rig.Scan("train/mri_healthy/a.png");
        _rig.Scan("test/mri_tumor/b.png");
        _rig.Scan($"test/mri_tumor/{Hostile}.png", "mri-healthy-sagittal.png");
        _rig.Scan("train/mri_tumor/c.png", "mri-healthy-sagittal.png");
        _rig.Scan("val/ct_healthy/d.png", "synthetic-ct-healthy.png");
        _rig.Write("val/ct_healthy/empty.png", []);
        _rig.Write("val/ct_healthy/oblong.jpg", AuditRig.Png(200, 70, spread: 250));
        _rig.Write($"val/ct_healthy/{Hostile}.png", [1]);
        AuditFiles.Write(_rig.Audit(), _rig.File("out"));
        return new Uri(_rig.File("out/index.html")).AbsoluteUri;
    }
}
