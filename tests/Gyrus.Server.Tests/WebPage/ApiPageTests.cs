using Gyrus.Server.Keys;
using Gyrus.Testing;
using Microsoft.Playwright;
using Xunit;

namespace Gyrus.Server.Tests.WebPage;

/// <summary>The page that tries the API, in a real browser.</summary>
public sealed class ApiPageTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_request_is_tried_with_a_key_and_nothing_is_fetched_from_elsewhere()
    {
        var key = KeyStore.Open(RunningService.Options(_folder).Database, TimeProvider.System).Add("clinic", 600);
        await using var visited = await VisitedPage.Open(_folder, path: "api");
        var page = visited.Page;

        await page.GetByRole(AriaRole.Button, new() { Name = "Test Request (get /v1/model)" }).ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Send" }).First.ClickAsync();
        await dialog.GetByText("401 Unauthorized").First.WaitForAsync();
        await dialog.Locator("input.scalar-password-input").FillAsync(key);
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Send" }).First.ClickAsync();

        await dialog.GetByText("200 OK").First.WaitForAsync();
        await dialog.GetByText("gyrus-test").First.WaitForAsync();
        Assert.NotEmpty(visited.Asked);
        Assert.Empty(visited.AskedElsewhere);
    }
}
