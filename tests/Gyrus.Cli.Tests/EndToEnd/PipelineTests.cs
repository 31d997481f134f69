using System.Text.Json;
using System.Text.RegularExpressions;
using Gyrus.Cli.Terminal;
using Gyrus.Imaging.Labels;
using Gyrus.Testing;
using Xunit;

namespace Gyrus.Cli.Tests.EndToEnd;

/// <summary>From a list of scans to answers, by the commands that the README names.</summary>
public sealed partial class PipelineTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Import_split_train_evaluate_export_and_classify_lead_to_one_answer()
    {
        var list = RealScans.WriteList(_folder, perLabel: 5);
        await Gyrus("data", "import", list, "--out", "dataset.csv");
        await Gyrus("data", "split", "dataset.csv", "--published", "--cache", "audit");
        await Gyrus("train", "dataset.csv", "--out", "run", "--features", "features", "--epochs", "3", "--float16");
        var evaluation = Json(await Gyrus("evaluate", "run", "dataset.csv", "--features", "features", "--format", "json"));
        var export = Json(await Gyrus("export", "run", "--out", "model", "--also", "keras,h5,tfjs,tflite", "--format", "json"));
        var again = Json(await Gyrus("evaluate", "model", "dataset.csv", "--format", "json"));

        Assert.Equal(7, evaluation.GetProperty("count").GetInt32());
        Assert.InRange(export.GetProperty("difference").GetDouble(), 0, 1e-4);
        Assert.InRange(export.GetProperty("storageDifference").GetDouble(), 0, 1e-4);
        Assert.InRange(new FileInfo(_folder.File("model/model.onnx")).Length, 1, 50_000_000);
        Assert.All(export.GetProperty("forms").EnumerateArray(), form => Assert.InRange(form.GetProperty("difference").GetDouble(), 0, 1e-4));
        Assert.All(["model/model.keras", "model/model.h5", "model/tfjs/model.json", "model/model.tflite"], file => Assert.True(File.Exists(_folder.File(file)), file));
        Assert.Equal(
            evaluation.GetProperty("overall").GetProperty("logLoss").GetProperty("value").GetDouble(),
            again.GetProperty("overall").GetProperty("logLoss").GetProperty("value").GetDouble(),
            1e-3);
        foreach (var file in (string[])["evaluation.json", "predictions.csv", "roc.svg", "confusion.svg", "reliability.svg"])
            Assert.True(File.Exists(_folder.File($"run/evaluation-test/{file}")), file);
        var imported = Json(await Gyrus(
            "import-model", "model/model.keras", "--out", "imported", "--labels", string.Join(',', PublishedLabels.Set.Names), "--scaling", "caffe", "--format", "json"));
        Assert.Equal(224, imported.GetProperty("size").GetInt32());
        var theirs = Json(await Gyrus("evaluate", "imported", "dataset.csv", "--format", "json"));
        Assert.Equal(
            again.GetProperty("overall").GetProperty("accuracy").GetProperty("value").GetDouble(), theirs.GetProperty("overall").GetProperty("accuracy").GetProperty("value").GetDouble());
        var answers = await Gyrus("classify", TestFiles.Root + "/samples", "--model", "model", "--format", "json");
        Assert.Equal(Directory.GetFiles(TestFiles.Root + "/samples", "*.png").Length, answers.Lines.Length);
    }

    [Fact]
    public async Task Evaluate_on_images_that_the_model_was_trained_on_fails_unless_allowed()
    {
        var list = RealScans.WriteList(_folder, perLabel: 4);
        await Gyrus("data", "import", list, "--out", "dataset.csv");
        await Gyrus("train", "dataset.csv", "--out", "run", "--features", "features", "--epochs", "1");
        string[] evaluate = ["evaluate", "run", "dataset.csv", "--split", "train", "--features", "features"];

        var refused = await GyrusProcess.Run(evaluate, Cancel, _folder.Path);
        var allowed = await GyrusProcess.Run([.. evaluate, "--allow-leaked"], Cancel, _folder.Path);

        Assert.Equal(ExitCode.CheckFailed, refused.ExitCode);
        Assert.Contains("LEAKED: the model was trained on 21 of these 21", refused.Output, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Success, allowed.ExitCode);
        Assert.Contains("LEAKED", allowed.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Train_killed_in_feature_extraction_and_in_training_goes_on_to_the_same_result()
    {
        var list = RealScans.WriteList(_folder, perLabel: 5);
        await Gyrus("data", "import", list, "--out", "dataset.csv");
        string[] train = ["train", "dataset.csv", "--epochs", "400", "--out"];
        var whole = Json(await Gyrus([.. train, "whole", "--features", "features", "--format", "json"]));

        await KillWhen([.. train, "killed", "--features", "features2"], () => Bytes("features2") > 5 * 8192);
        long afterFirstKill = Bytes("features2");
        await KillWhen(
            [.. train, "killed", "--features", "features2"], () => File.Exists(_folder.File("killed/last.safetensors")));
        var resumed = Json(await Gyrus([.. train, "killed", "--features", "features2", "--resume", "--format", "json"]));

        Assert.InRange(afterFirstKill, 5 * 8192, Bytes("features") - 8192);
        Assert.Equal(whole.GetProperty("best").ToString(), resumed.GetProperty("best").ToString());
        Assert.Equal(
            File.ReadAllBytes(_folder.File("whole/best.safetensors")), File.ReadAllBytes(_folder.File("killed/best.safetensors")));
    }

    [Fact]
    public async Task Tune_called_again_does_not_train_again()
    {
        var list = RealScans.WriteList(_folder, perLabel: 4);
        await Gyrus("data", "import", list, "--out", "dataset.csv");
        string[] tune =
        [
            "tune", "dataset.csv", "--out", "tuning", "--features", "features", "--epochs", "2", "--learning-rates", "0.001",
            "0.01", "--inner-sizes", "10", "--dropouts", "0", "0.5",
        ];

        var first = Json(await Gyrus([.. tune, "--format", "json"]));
        var second = Json(await Gyrus([.. tune, "--format", "json"]));
        // A loss that no training gave is still there afterwards: what stands in the study is taken as it is.
        var study = _folder.File("tuning/tuning.json");
        File.WriteAllText(study, Loss().Replace(File.ReadAllText(study), "\"loss\": 0.4242"));
        var third = Json(await Gyrus([.. tune, "--format", "json"]));

        Assert.Equal(4, first.GetProperty("results").GetArrayLength());
        Assert.Equal(first.GetProperty("results").ToString(), second.GetProperty("results").ToString());
        Assert.All(third.GetProperty("results").EnumerateArray(), result => Assert.Equal(0.4242, result.GetProperty("loss").GetDouble()));
        foreach (var file in (string[])["tuning.json", "tuning.csv", "learning-rate.svg", "inner-size.svg", "dropout.svg"])
            Assert.True(File.Exists(_folder.File($"tuning/{file}")), file);
    }

    [Fact]
    public async Task Tune_ends_with_the_command_that_trains_the_best_setting_to_the_same_figures()
    {
        var list = RealScans.WriteList(_folder, perLabel: 4);
        await Gyrus("data", "import", list, "--out", "data set.csv");
        string[] tune =
        [
            "tune", "data set.csv", "--out", "tuning", "--features", "features", "--epochs", "2", "--float16", "--hidden", "20,9",
            "--learning-rates", "0.0001", "0.01", "--inner-sizes", "10", "--dropouts", "0.5", "--class-weights", "balanced",
        ];

        var next = (await Gyrus(tune)).Lines[^1];
        var best = Json(await Gyrus([.. tune, "--format", "json"])).GetProperty("results")[0];
        var trained = Json(await Gyrus(["train", "data set.csv", .. next.Split(' ')[5..], "--format", "json"])).GetProperty("best");

        Assert.Equal(
            "next: gyrus train 'data set.csv' --out runs/first --learning-rate "
            + $"{best.GetProperty("learningRate").GetDouble()} --hidden 20,10 --dropout 0.5 --patience 5 --float16 --epochs 2 "
            + "--class-weights balanced --features features",
            next);
        foreach (var figure in (string[])["epoch", "loss", "accuracy", "tumourRecall"])
            Assert.Equal(best.GetProperty(figure).ToString(), trained.GetProperty(figure).ToString());
    }

    [Theory]
    [InlineData("train", "missing.csv", "--out", "run")]
    [InlineData("evaluate", "missing-run", "missing.csv")]
    [InlineData("export", "missing-run", "--out", "model")]
    [InlineData("import-model", "missing.onnx", "--out", "model", "--labels", "no,yes", "--scaling", "raw")]
    [InlineData("export", "missing-run", "--out", "model", "--also", "caffe")]
    [InlineData("export", "missing-run", "--out", "model", "--int8")]
    [InlineData("data", "import", "missing", "--out", "x.csv")]
    [InlineData("data", "split", "missing.csv")]
    [InlineData("train", "missing.csv")]
    [InlineData("classify", "--bogus", "scan.png")]
    public async Task A_command_that_cannot_work_says_why_in_a_line_and_exits_with_2(params string[] arguments)
    {
        var outcome = await GyrusProcess.Run(arguments, Cancel, _folder.Path);

        Assert.Equal(ExitCode.UserError, outcome.ExitCode);
        Assert.NotEmpty(outcome.Error);
        Assert.DoesNotContain("   at ", outcome.Error, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private async Task<Outcome> Gyrus(params string[] arguments)
    {
        var outcome = await GyrusProcess.Run(arguments, Cancel, _folder.Path);
        Assert.True(outcome.ExitCode == ExitCode.Success, $"{string.Join(' ', arguments)}: {outcome.ExitCode} {outcome.Error}");
        return outcome;
    }

    /// <summary>Starts the program and kills it, as kill -9 does, once something is so.</summary>
    private async Task KillWhen(string[] arguments, Func<bool> isSo)
    {
        using var process = GyrusProcess.Start(arguments, _folder.Path);
        var output = process.StandardOutput.ReadToEndAsync(Cancel);
        var error = process.StandardError.ReadToEndAsync(Cancel);
        while (!isSo())
        {
            Assert.False(process.HasExited, "the program ended before it could be killed");
            await Task.Delay(5, Cancel);
        }
        process.Kill();
        await process.WaitForExitAsync(Cancel);
        await output;
        await error;
    }

    private long Bytes(string features) => Directory.Exists(_folder.File(features))
        ? Directory.GetFiles(_folder.File(features), "*.features").Sum(file => new FileInfo(file).Length)
        : 0;

    [GeneratedRegex("\"loss\": [-+.0-9eE]+")]
    private static partial Regex Loss();

    private static JsonElement Json(Outcome outcome) => JsonDocument.Parse(outcome.Output).RootElement;
}
