using Gyrus.Testing;
using Gyrus.Testing.Browser;

namespace Gyrus.Learning.Tests.Export;

/// <summary>A page in Chromium that computes with a library of others.</summary>
internal static class InBrowser
{
    /// <summary>Opens a page, and gives what its <c>window.answer</c> comes to.</summary>
    /// <param name="folder">Holds <c>index.html</c>, and what it asks for.</param>
    /// <param name="library">A folder that it may ask too.</param>
    public static async Task<float[]> Answer(TempFolder folder, string library)
    {
        await using var browser = await Chromium.Start();
        var page = await browser.NewPage(800);
        using var server = new LocalServer(request =>
        {
            var file = new[] { folder.File(request.Path), Path.Combine(library, request.Path) }.FirstOrDefault(File.Exists);
            if (file is null) return LocalAnswer.Only(404);
            var bytes = File.ReadAllBytes(file);
            var answer = new LocalAnswer(200, bytes, bytes.Length);
            answer.Headers["Content-Type"] = Path.GetExtension(file) switch
            {
                ".html" => "text/html",
                ".js" or ".mjs" => "text/javascript",
                ".wasm" => "application/wasm",
                _ => "application/octet-stream",
            };
            return answer;
        });
        await page.GotoAsync(server.Address("index.html").AbsoluteUri);
        await page.WaitForFunctionAsync("window.answer !== undefined");
        return await page.EvaluateAsync<float[]>("window.answer.catch(error => { throw new Error(String(error)) })");
    }
}
