using System.Text.Json;
using Microsoft.Playwright;
using Xunit;

namespace Gyrus.Testing.Browser;

/// <summary>axe-core, which finds what people with a keyboard or a screen reader stumble over. <c>.ci/run</c> brings it.</summary>
public static class AxeCore
{
    /// <summary>What it finds on a page, a line a finding; skips the calling test where axe-core is not there.</summary>
    public static async Task<IReadOnlyList<string>> Run(IPage page)
    {
        var folder = Environment.GetEnvironmentVariable("GYRUS_CACHE");
        var script = Path.Combine(folder ?? "", "axe-core", "axe.min.js");
        Assert.SkipUnless(folder is not null && File.Exists(script),
            "needs axe-core in $GYRUS_CACHE/axe-core/axe.min.js, from the npm package axe-core");
        await page.EvaluateAsync(await File.ReadAllTextAsync(script));
        var found = await page.EvaluateAsync<JsonElement>("async () => (await axe.run()).violations");
        return [.. found.EnumerateArray().Select(violation =>
            $"{violation.GetProperty("id").GetString()}: {string.Join(" | ", violation.GetProperty("nodes").EnumerateArray().Select(node => node.GetProperty("html").GetString()))}")];
    }
}
