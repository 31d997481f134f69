using System.Globalization;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using Gyrus.Imaging;
using Gyrus.Testing;
using Xunit;

namespace Gyrus.Package.Tests;

/// <summary>A <c>model.json</c> in which any one number, text or list is exchanged is refused, or answers all the same.</summary>
public sealed class ManifestMutationTests : IDisposable
{
    private static readonly string[] Values =
    [
        "null", "-1", "0", "1", "7", "0.5", "-0.0", "1e-320", "1e308", "1e999", "-1e999", "2147483648", "-9223372036854775809", "\"\"",
        "\" \"", "\"NaN\"", "\"logits\"", "true", "[]", "[null]", "[1]", "{}", "{\"a\":null}",
    ];

    private readonly TempFolder _temp = new();

    [Fact]
    public void Load_of_a_manifest_with_one_member_exchanged_refuses_it_or_gives_a_model_whose_answers_are_finite()
    {
        var package = ModelPackage.Write(_temp.File("model"), Full(), stream => stream.WriteByte(1), "card\n");
        var path = Path.Combine(package.Folder, ModelPackage.ManifestFile);
        var good = File.ReadAllText(path);
        string[] places = [.. Places(JsonNode.Parse(good)!)];
        var cases =
            from place in Gen.Elements(places)
            from value in Gen.Elements(Values)
            select (place, value);

        Prop.ForAll(Arb.From(cases), one =>
        {
            File.WriteAllText(path, Exchanged(good, one.place, one.value));
            try
            {
                RequireFiniteAnswers(ModelPackage.Load(package.Folder).Manifest);
            }
            catch (GyrusException e)
            {
                Assert.StartsWith(path, e.Message, StringComparison.Ordinal);
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));
    }

    [Fact]
    public void Load_of_a_manifest_that_lacks_any_one_member_refuses_it_or_gives_a_model_whose_answers_are_finite()
    {
        var package = ModelPackage.Write(_temp.File("model"), Full(), stream => stream.WriteByte(1), "card\n");
        var path = Path.Combine(package.Folder, ModelPackage.ManifestFile);
        var good = File.ReadAllText(path);

        foreach (var place in Places(JsonNode.Parse(good)!))
        {
            File.WriteAllText(path, Exchanged(good, place, value: null));
            try
            {
                RequireFiniteAnswers(ModelPackage.Load(package.Folder).Manifest);
            }
            catch (GyrusException e)
            {
                Assert.StartsWith(path, e.Message, StringComparison.Ordinal);
            }
        }
    }

    public void Dispose() => _temp.Dispose();

    internal static ModelManifest Full()
    {
        var sample = SampleManifest.Create();
        return sample with
        {
            Outputs = sample.Outputs with { Evidence = "evidence", Novelty = "novelty" },
            Trust = new TrustSettings(
                1297, 0.84, new OperatingPoint(0.42, 0.99, 0.991, 0.969),
                new ConformalSettings(0.95, [0.8, 0.83, 0.91, 0.73, 0.05, 0.43, null])),
            Abstention = new AbstentionSettings(5.6, 0.01, 2000, 967),
        };
    }

    private static void RequireFiniteAnswers(ModelManifest manifest)
    {
        var trust = manifest.Trust ?? TrustSettings.None;
        float[] answer = [3, -2, 40, 0.5f, 40, -1e4f, 12];
        Softmax.InPlace(answer, trust.Temperature);
        Assert.All(answer, probability => Assert.InRange(probability, 0, 1));
        Assert.InRange(trust.Threshold.Threshold, 0, 1);
        Assert.All(trust.Conformal.Set(answer), label => Assert.InRange(label, 0, ScanLabel.All.Count - 1));
        if (manifest.Abstention is { } abstention) Assert.True(abstention.NoveltyLimit is >= 0 and < double.PositiveInfinity);
        Assert.All(manifest.TrainingImages.Concat(manifest.SelectionImages), hash => Assert.Equal(64, hash.Length));
    }

    /// <summary>Every member and element, at any depth, as a path of names and numbers.</summary>
    private static IEnumerable<string> Places(JsonNode node, string at = "") => node switch
    {
        JsonObject members => members.SelectMany(member => Below(member.Value, $"{at}/{member.Key}")),
        JsonArray elements => elements.SelectMany((element, i) => Below(element, string.Create(CultureInfo.InvariantCulture, $"{at}/{i}"))),
        _ => [],
    };

    private static IEnumerable<string> Below(JsonNode? node, string at) => node is null ? [at] : [at, .. Places(node, at)];

    private static string Exchanged(string json, string place, string? value)
    {
        var root = JsonNode.Parse(json)!;
        var steps = place.Split('/')[1..];
        var node = root;
        foreach (var step in steps[..^1]) node = node is JsonArray list ? list[int.Parse(step, CultureInfo.InvariantCulture)]! : node[step]!;
        const string mark = "here it is exchanged";
        if (node is JsonArray array)
        {
            int index = int.Parse(steps[^1], CultureInfo.InvariantCulture);
            if (value is null) array.RemoveAt(index);
            else array[index] = mark;
        }
        else if (value is null)
        {
            node.AsObject().Remove(steps[^1]);
        }
        else
        {
            node[steps[^1]] = mark;
        }
        return root.ToJsonString().Replace($"\"{mark}\"", value, StringComparison.Ordinal);
    }
}
