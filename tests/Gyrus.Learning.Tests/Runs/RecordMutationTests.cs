using FsCheck;
using FsCheck.Fluent;
using Gyrus.Evaluation.Figures;
using Gyrus.Evaluation.Reports;
using Gyrus.Evaluation.Tests;
using Gyrus.Imaging.Labels;
using Gyrus.Learning.Heads;
using Gyrus.Learning.Runs;
using Gyrus.Learning.Tests.Training;
using Gyrus.Learning.Training;
using Gyrus.Learning.Tuning;
using Gyrus.Testing;
using Xunit;

namespace Gyrus.Learning.Tests.Runs;

/// <summary>Files of runs, studies and evaluations in which any one member is exchanged or missing are refused, with their name, or
/// hold figures that mean something.</summary>
public sealed class RecordMutationTests : IDisposable
{
    private const int Cases = 1500;

    private readonly TempFolder _folder = new();

    [Fact]
    public void Record_of_a_run_is_refused_or_in_its_ranges()
    {
        TrainingRun.Train(
            Plan(), _folder.File("run"), resume: false, _folder.File("features"), TimeProvider.System, new RunObserver(),
            CancellationToken.None);

        Mutate(Path.Combine(_folder.File("run"), RunRecord.FileName), _ =>
        {
            var record = RunRecord.Load(_folder.File("run"));
            InRange(record.Best);
            Assert.All(record.TrainingImages.Concat(record.SelectionImages), hash => Assert.Equal(64, hash.Length));
            Assert.NotEmpty(record.Recipe.Head.Graph(8, PublishedLabels.Set.Count).Layers);
        });
    }

    [Fact]
    public void Record_of_a_study_is_refused_or_in_its_ranges()
    {
        var plan = Plan();
        var grid = new TuningGrid { LearningRates = [1e-3], InnerSizes = [4], Dropouts = [0, 0.2] };
        var record = TuningStudy.Run(
            plan, grid, _folder.File("study"), _folder.File("features"), TimeProvider.System, new RunObserver(), CancellationToken.None);

        Mutate(Path.Combine(_folder.File("study"), "tuning.json"), path =>
        {
            foreach (var result in TuningStudy.Load(path, record.Recipe)!.Results) Assert.All(result.History.Append(result.Best), InRange);
        });
    }

    [Fact]
    public void Evaluation_is_refused_or_in_its_ranges()
    {
        var report = Evaluator.Run(
            [
                MadeUpScans.Scan(0, "ct_healthy", 1, 0, 0, 0, 0, 0, 0),
                MadeUpScans.Scan(1, "mri_glioma", 0, 0, 1, 0, 0, 0, 0),
            ],
            new HashSet<string>());
        AtomicFile.WriteText(_folder.File("evaluation.json"), EvaluationJson.Write(report));

        Mutate(_folder.File("evaluation.json"), path =>
        {
            var read = EvaluationJson.Read(path);
            if (read.Overall[OverallFigures.Accuracy].Value is { } accuracy) Assert.InRange(accuracy, 0, 1);
            Assert.All(read.Confusion.SelectMany(row => row), cell => Assert.InRange(cell, 0, read.Count));
            _ = EvaluationJson.Write(read); // which takes no number that is not finite
        });
    }

    public void Dispose() => _folder.Dispose();

    private static void Mutate(string path, Action<string> read)
    {
        var good = File.ReadAllText(path);
        string[] places = [.. JsonMutation.Places(good)];
        var cases =
            from place in Gen.Elements(places)
            from value in Gen.Elements<string?>([null, .. JsonMutation.Values])
            select (place, value);

        Prop.ForAll(Arb.From(cases), one =>
        {
            File.WriteAllText(path, JsonMutation.Exchanged(good, one.place, one.value));
            try
            {
                read(path);
            }
            catch (GyrusException e)
            {
                Assert.StartsWith(path, e.Message, StringComparison.Ordinal);
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(Cases));
        File.WriteAllText(path, good);
        read(path);
    }

    private static void InRange(EpochRecord epoch)
    {
        Assert.True(epoch.Epoch >= 1);
        foreach (var part in new[] { epoch.Train, epoch.Val })
        {
            Assert.InRange(part.Loss, 0, double.MaxValue);
            Assert.InRange(part.Accuracy, 0, 1);
            Assert.InRange(part.TumourRecall, 0, 1);
        }
    }

    private RunPlan Plan() => new(
        TinyData.Write(_folder, 5),
        "dataset.csv",
        TinyData.Backbone,
        TinyData.Weights(),
        TinyData.Backbone.Preprocessing(),
        Float16: false,
        new HeadOptions([8], 0),
        new TrainingOptions { Epochs = 2, BatchSize = 8 },
        FineTune: null);
}
