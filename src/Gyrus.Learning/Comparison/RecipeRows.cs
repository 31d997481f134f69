using System.Text.Json;
using System.Text.Json.Nodes;
using Gyrus.Imaging.Labels;
using Gyrus.Learning.Runs;
using Gyrus.Learning.Training;

namespace Gyrus.Learning.Comparison;

/// <summary>A member of runs' recipes.</summary>
/// <param name="Member">Its name in <c>run.json</c>, with dots: <c>training.learningRate</c>.</param>
/// <param name="Values">[R], as JSON has them, texts without their quotes; null where a run has no such member.</param>
public sealed record RecipeRow(string Member, IReadOnlyList<string?> Values)
{
    /// <summary>Whether the runs differ in it.</summary>
    public bool Differs => Values.Distinct().Count() > 1;
}

/// <summary>Sets recipes side by side, member by member, with the versions of what computed.</summary>
public static class RecipeRows
{
    /// <summary>The members, in their order in <c>run.json</c>.</summary>
    /// <param name="records">[R]: what was trained.</param>
    /// <param name="all">Whether those that are the same everywhere are wanted too. Without, what only runs that fine-tune have is told only
    /// where these differ among themselves: one line says which of the runs fine-tune.</param>
    public static IReadOnlyList<RecipeRow> Of(IReadOnlyList<RunRecord> records, bool all)
    {
        ArgumentNullException.ThrowIfNull(records);
        Dictionary<string, string?>[] runs = [.. records.Select(Members)];
        var names = runs.SelectMany(run => run.Keys).Distinct().ToList();
        var rows = names.Select(name => new RecipeRow(name, [.. runs.Select(run => run.GetValueOrDefault(name))]));
        return [.. rows.Where(row => all || Matters(row))];
    }

    private static bool Matters(RecipeRow row) => row.Member.StartsWith("fineTune.", StringComparison.Ordinal)
        ? row.Values.Where(value => value is not null).Distinct().Count() > 1
        : row.Differs;

    private static Dictionary<string, string?> Members(RunRecord record)
    {
        var recipe = JsonSerializer.SerializeToNode(record.Recipe, RunJson.Options)!.AsObject();
        bool fineTunes = recipe["fineTune"] is not null;
        recipe.Remove("labels");
        // Left out of older records, and of newer ones where nothing is cut.
        recipe["training"]!["clipGradients"] ??= record.Recipe.Training.ClipGradients;
        var members = new Dictionary<string, string?> { ["labels"] = string.Join(", ", record.Recipe.LabelSet().All.Select(Described)) };
        foreach (var (name, value) in recipe)
        {
            if (name == "fineTune") members[name] = fineTunes ? "yes" : "no";
            Add(members, name, value);
        }
        members["gyrusVersion"] = record.GyrusVersion;
        foreach (var (name, version) in record.PackageVersions) members["packageVersions." + name] = version;
        return members;
    }

    private static void Add(Dictionary<string, string?> members, string at, JsonNode? node)
    {
        switch (node)
        {
            case JsonObject inner:
                foreach (var (name, value) in inner) Add(members, $"{at}.{name}", value);
                break;
            case JsonArray list:
                members[at] = list.Count == 0 ? "none" : string.Join(',', list.Select(value => value?.ToString()));
                break;
            case not null:
                members[at] = node.ToString();
                break;
        }
    }

    private static string Described(ScanLabel label)
    {
        string?[] meaning =
        [
            label.Modality?.ToString().ToLowerInvariant(), label.IsTumour switch { true => "tumour", false => "healthy", null => null }, label.Type,
        ];
        var words = string.Join(' ', meaning.Where(word => word is not null));
        return words.Length == 0 ? label.Name : $"{label.Name} ({words})";
    }
}
