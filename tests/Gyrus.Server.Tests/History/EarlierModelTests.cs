using System.Text.Json;
using Gyrus.Imaging.Labels;
using Gyrus.Server.Tests.Database;
using Gyrus.Testing.Models;
using Gyrus.Testing.PostgreSql;
using Xunit;

namespace Gyrus.Server.Tests.History;

public sealed class EarlierModelOnSqliteTests() : EarlierModelTests(null);

public sealed class EarlierModelOnPostgreSqlTests(PostgreSqlServer server) : EarlierModelTests(server);

/// <summary>A record that holds what a model of other labels answered.</summary>
public abstract class EarlierModelTests(PostgreSqlServer? postgres) : DatabaseTests(postgres)
{
    private static readonly LabelSet s_grades = LabelNames.Guess(["grade I", "grade II"]);
    private static readonly LabelSet s_yesNo = LabelNames.Guess(["yes", "no"], new LabelHints(Modality: Modality.Mri));

    private byte[] Red => File.ReadAllBytes(TestImage.Write(Folder.File("red.png"), 255, 0, 0));

    [Fact]
    public async Task Its_labels_and_verdicts_are_filtered_by_beside_the_models_and_others_are_refused()
    {
        await using (var earlier = await Start(s_yesNo, "no", "yes")) await earlier.Send(Red);
        await using var service = await Start(s_grades, "grade I", "grade II");
        await service.Send(Red);

        Assert.Equal("yes", Assert.Single(await Labels(service, "?label=yes")));
        Assert.Equal("yes", Assert.Single(await Labels(service, "?verdict=tumour")));
        Assert.Equal("grade II", Assert.Single(await Labels(service, "?label=grade%20II")));
        Assert.Empty(await Labels(service, "?label=grade%20I"));
        var problem = await (await service.Get("/v1/results?label=no")).Problem(400);
        Assert.Contains("grade I, grade II, yes", problem, StringComparison.Ordinal);
        var values = await (await service.Get("/v1/results/filters")).Json();
        Assert.Equal(["grade I", "grade II", "yes"], Texts(values.GetProperty("labels")));
        Assert.Equal(["tumour", "healthy"], Texts(values.GetProperty("verdicts")));
    }

    [Fact]
    public async Task Without_one_the_labels_are_the_models_and_verdicts_are_those_that_it_tells()
    {
        await using (var service = await Start(s_grades, "grade I", "grade II"))
        {
            await service.Send(Red);
            Assert.Empty(Texts((await (await service.Get("/v1/results/filters")).Json()).GetProperty("verdicts")));
            await (await service.Get("/v1/results?label=yes")).Problem(400);
        }
        await using var tells = await Start();
        var values = await (await tells.Get("/v1/results/filters")).Json();

        Assert.Equal([.. PublishedLabels.Set.Names, "grade II"], Texts(values.GetProperty("labels")));
        Assert.Equal(["tumour", "healthy"], Texts(values.GetProperty("verdicts")));
    }

    [Fact]
    public async Task A_key_is_told_of_no_label_that_another_keys_results_have()
    {
        var other = Keys.Add("other", 600);
        await using (var earlier = await Start(s_yesNo, "no", "yes"))
        {
            earlier.Client.DefaultRequestHeaders.Add("x-api-key", other);
            await earlier.Send(Red);
        }
        await using var service = await Start(s_grades, "grade I", "grade II");
        service.Client.DefaultRequestHeaders.Add("x-api-key", Keys.Add("own", 600));

        var values = await (await service.Get("/v1/results/filters")).Json();

        Assert.Equal(s_grades.Names, Texts(values.GetProperty("labels")));
        Assert.Empty(Texts(values.GetProperty("verdicts")));
        Assert.DoesNotContain("yes", await (await service.Get("/v1/results?label=yes")).Problem(400), StringComparison.Ordinal);
    }

    private Task<RunningService> Start(LabelSet labels, params string[] called) => Start(
        options => options with { Model = ColourModel.Write(Folder.File(called[0]), labels, called).Folder });

    private static async Task<List<string?>> Labels(RunningService service, string query) =>
        [.. (await (await service.Get("/v1/results" + query)).Json()).GetProperty("results").EnumerateArray()
            .Select(result => result.GetProperty("answer").GetProperty("label").GetString())];

    private static IEnumerable<string?> Texts(JsonElement list) => list.EnumerateArray().Select(one => one.GetString());
}
