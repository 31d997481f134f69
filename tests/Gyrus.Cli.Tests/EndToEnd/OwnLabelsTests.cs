using System.Globalization;
using System.Text.Json;
using Gyrus.Cli.Terminal;
using Gyrus.Testing;
using Xunit;

namespace Gyrus.Cli.Tests.EndToEnd;

/// <summary>Sets with labels of their own, as people have them on disk, from folder to answer.</summary>
public sealed class OwnLabelsTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Folders_yes_and_no_give_a_model_of_tumours()
    {
        Copy("mri_glioma", "brain/yes", 12);
        Copy("mri_healthy", "brain/no", 12);

        var import = await Gyrus("data", "import", "brain", "--out", "dataset.csv", "--modality", "mri");
        await Gyrus("data", "split", "dataset.csv", "--by", "group", "--val", "0.25", "--test", "0.25");
        var (evaluation, answer) = await TrainAndAnswer("brain/yes");

        Assert.Contains("no   MRI, healthy", import.Output, StringComparison.Ordinal);
        Assert.Contains("yes  MRI, a tumour", import.Output, StringComparison.Ordinal);
        Assert.Equal(["no", "yes"], evaluation.GetProperty("labels").EnumerateArray().Select(label => label.GetProperty("label").GetString()));
        Assert.Equal(JsonValueKind.Number, evaluation.GetProperty("tumour").GetProperty("auroc").GetProperty("value").ValueKind);
        Assert.Equal("mri", answer.GetProperty("modality").GetString());
        Assert.Contains(answer.GetProperty("verdict").GetString(), (string[])["tumour", "healthy"]);

        // The model of seven labels is judged on them too.
        var package = Path.Combine(TestFiles.Root, "models", "default");
        var unmapped = await GyrusProcess.Run(["evaluate", package, "dataset.csv", "--split", "none"], Cancel, _folder.Path);
        var mapped = Json(await Gyrus("evaluate", package, "dataset.csv", "--split", "none", "--allow-leaked", "--format", "json",
            "--map", "yes=tumour,no=healthy"));
        Assert.Equal(ExitCode.UserError, unmapped.ExitCode);
        Assert.Contains("Map it to tumour, healthy", unmapped.Error, StringComparison.Ordinal);
        Assert.InRange(mapped.GetProperty("overall").GetProperty("accuracy").GetProperty("value").GetDouble(), 0.8, 1);
    }

    [Fact]
    public async Task Training_and_Testing_folders_of_four_classes_give_a_model_of_types()
    {
        foreach (var (label, name) in new[]
        {
            ("mri_glioma", "glioma"), ("mri_meningioma", "meningioma"), ("mri_healthy", "notumor"), ("mri_pituitary", "pituitary"),
        })
        {
            Copy(label, $"archive/Training/{name}", 8);
            Copy(label, $"archive/Testing/{name}", 3, skip: 8);
        }

        await Gyrus("data", "import", "archive", "--out", "dataset.csv", "--modality", "mri", "--rename", "pituitary=pituitary tumor");
        await Gyrus("data", "split", "dataset.csv", "--published", "--val", "0.25");
        var (evaluation, answer) = await TrainAndAnswer("archive/Testing/notumor");

        Assert.Equal(12, evaluation.GetProperty("count").GetInt32());
        Assert.NotEqual(JsonValueKind.Null, evaluation.GetProperty("overall").GetProperty("typeAccuracy").GetProperty("value").ValueKind);
        Assert.Equal(
            ["glioma", "meningioma", "notumor", "pituitary tumor"],
            answer.GetProperty("probabilities").EnumerateObject().Select(probability => probability.Name));
    }

    [Fact]
    public async Task A_list_of_grades_and_patients_gives_plain_classification_without_a_made_up_tumour_probability()
    {
        Copy("mri_glioma", "scans", 36);
        File.WriteAllLines(_folder.File("list.csv"), Directory.GetFiles(_folder.File("scans")).Order().Select((file, i) => string.Create(
            CultureInfo.InvariantCulture, $"scans/{Path.GetFileName(file)},grade {new string('I', (i % 3) + 1)},patient {i / 2}")).Prepend("path,label,patient"));

        var import = await Gyrus("data", "import", "list.csv", "--out", "dataset.csv");
        await Gyrus("data", "split", "dataset.csv", "--by", "patient", "--val", "0.25", "--test", "0.25");
        var (evaluation, answer) = await TrainAndAnswer("scans");

        Assert.Contains("plain classification", import.Output, StringComparison.Ordinal);
        Assert.Equal(JsonValueKind.Null, evaluation.GetProperty("tumour").GetProperty("auroc").GetProperty("value").ValueKind);
        Assert.StartsWith("grade ", answer.GetProperty("label").GetString(), StringComparison.Ordinal);
        foreach (var member in (string[])["tumour", "threshold", "verdict", "modality", "type"])
            Assert.Equal(JsonValueKind.Null, answer.GetProperty(member).ValueKind);

        var asked = Json(await Gyrus(
            "evaluate", "model", "dataset.csv", "--allow-leaked", "--format", "json", "--positive", "grade II", "--out", "judged"));
        Assert.Equal("grade II", asked.GetProperty("positive").GetProperty("label").GetString());
        Assert.InRange(asked.GetProperty("positive").GetProperty("figures").GetProperty("auroc").GetProperty("value").GetDouble(), 0, 1);
        Assert.True(File.Exists(_folder.File("judged/thresholds.csv")));
        var unknown = await GyrusProcess.Run(["evaluate", "model", "dataset.csv", "--positive", "grade V"], Cancel, _folder.Path);
        Assert.Contains("There are grade I, grade II, grade III.", unknown.Error, StringComparison.Ordinal);

        var maps = await Gyrus("classify", "scans", "--model", "model", "--format", "json", "--heatmap", "maps");
        foreach (var shown in maps.Lines.Select(line => JsonDocument.Parse(line).RootElement))
        {
            Assert.Equal(shown.GetProperty("label").GetString(), shown.GetProperty("heatmapLabel").GetString());
            Assert.True(File.Exists(_folder.File(shown.GetProperty("heatmap").GetString()!)));
        }
        var one = await Gyrus("classify", "scans", "--model", "model", "--format", "json", "--heatmap", "maps", "--heatmap-label", "grade II");
        Assert.All(one.Lines, line => Assert.Equal("grade II", JsonDocument.Parse(line).RootElement.GetProperty("heatmapLabel").GetString()));
    }

    public void Dispose() => _folder.Dispose();

    private async Task<(JsonElement Evaluation, JsonElement Answer)> TrainAndAnswer(string scans)
    {
        await Gyrus("train", "dataset.csv", "--out", "run", "--features", "features", "--epochs", "8", "--size", "96");
        var evaluation = Json(await Gyrus(
            "evaluate", "run", "dataset.csv", "--features", "features", "--allow-leaked", "--format", "json", "--html", "page"));
        Assert.Contains("alt=\"heat map of ", File.ReadAllText(_folder.File("page/index.html")), StringComparison.Ordinal);
        await Gyrus("export", "run", "--out", "model");
        var answers = await Gyrus("classify", scans, "--model", "model", "--format", "json");
        return (evaluation, JsonDocument.Parse(answers.Lines[0]).RootElement);
    }

    private void Copy(string label, string folder, int count, int skip = 0)
    {
        var lines = File.ReadLines(RealScans.WriteList(_folder, skip + count)).Skip(1).Select(line => line.Split(','))
            .Where(fields => fields[1] == label).Skip(skip).ToList();
        Assert.Equal(count, lines.Count);
        Directory.CreateDirectory(_folder.File(folder));
        foreach (var (fields, i) in lines.Select((fields, i) => (fields, i)))
        {
            var file = fields[0].Trim('"');
            File.Copy(file, _folder.File(string.Create(CultureInfo.InvariantCulture, $"{folder}/{skip + i:000}{Path.GetExtension(file)}")));
        }
        File.Delete(_folder.File("list.csv"));
    }

    private async Task<Outcome> Gyrus(params string[] arguments)
    {
        var outcome = await GyrusProcess.Run(arguments, Cancel, _folder.Path);
        Assert.True(outcome.ExitCode == ExitCode.Success, string.Join(' ', arguments) + "\n" + outcome.Output + outcome.Error);
        return outcome;
    }

    private static JsonElement Json(Outcome outcome) => JsonDocument.Parse(outcome.Output).RootElement;
}
