using System.Text.RegularExpressions;
using Gyrus.Testing;
using Xunit;

namespace Gyrus.Server.Tests.Problems;

/// <summary>What callers read has no word that only who runs the service can do something with.</summary>
public sealed partial class CallersWordsTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_APIs_description_names_no_option_or_command_of_the_program()
    {
        await using var service = await RunningService.Start(_folder);

        var text = await (await service.Get("/openapi/v1.json")).Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        Assert.Empty(OfTheProgram().Matches(text).Select(match => match.Value));
    }

    [Fact]
    public async Task Refusals_name_no_option_or_command_of_the_program()
    {
        await using var service = await RunningService.Start(_folder, options => options with { FixedKey = "long enough to be one" });
        var refusals = new List<string> { await (await service.Get("/v1/results")).Problem(401) };
        service.Client.DefaultRequestHeaders.Add("x-api-key", "long enough to be one");
        refusals.Add(await (await service.SendJson("/v1/classify-url", """{"url":"http://8.8.8.8/a.png"}""")).Problem(403));
        refusals.Add(await (await service.Get($"/v1/results/{new string('0', 32)}/image")).Problem(404));

        Assert.Empty(refusals.SelectMany(text => OfTheProgram().Matches(text)).Select(match => match.Value));
    }

    [GeneratedRegex("--[a-z][a-z-]*|gyrus (serve|keys|classify)")]
    private static partial Regex OfTheProgram();
}
