using Gyrus.Data.Manifests;
using Gyrus.Data.Splits;
using Gyrus.Evaluation.Reports;
using Gyrus.Evaluation.TrustFitting;
using Gyrus.Learning.Heads;
using Gyrus.Learning.Runs;
using Gyrus.Learning.Tests.Training;
using Gyrus.Learning.Training;
using Gyrus.Testing;
using Xunit;

namespace Gyrus.Learning.Tests.Runs;

public sealed class FoldStudyTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Run_answers_every_image_once_by_a_run_that_has_not_seen_it()
    {
        var manifest = Folds();
        var told = new List<int>();

        var folds = FoldStudy.Run(
            Plan(manifest), _folder.File("study"), new TrustOptions(), _folder.File("features"), TimeProvider.System, new RunObserver(),
            fold => told.Add(fold.Fold), CancellationToken.None);

        Assert.Equal([0, 1, 2], told);
        Assert.Equal(
            manifest.Rows.Select(row => (row.Path, row.Fold)).Order(),
            folds.SelectMany(fold => fold.Scans).Select(scan => (scan.Path, scan.Fold)).Order());
        foreach (var fold in folds)
        {
            var record = RunRecord.Load(fold.Run);
            var seen = record.TrainingImages.Concat(record.SelectionImages).ToHashSet();
            Assert.All(fold.Scans, scan => Assert.DoesNotContain(scan.Sha256, seen));
            Assert.All(fold.Scans, scan => Assert.Equal(fold.Fold, scan.Fold));
            Assert.Equal(manifest.Rows.Count, seen.Count + fold.Scans.Count);
            Assert.Equal(record.Best.Epoch, fold.Epoch);
            Assert.Equal(fold.Scans.Count(scan => scan.Answer() == scan.Truth) / (double)fold.Scans.Count, fold.Accuracy);
        }
        Assert.All(folds, fold => Assert.Empty(fold.Leaked));
    }

    [Fact]
    public void Run_cut_off_goes_on_without_training_an_ended_fold_again()
    {
        var plan = Plan(Folds());
        var whole = Run(plan, "whole");
        using var cut = new CancellationTokenSource();
        int epochs = 0;
        Assert.Throws<OperationCanceledException>(() => Run(plan, "cut", new RunObserver(OnEpoch: _ =>
        {
            if (++epochs == plan.Training.Epochs + 2) cut.Cancel();
        }), cut));
        var first = File.ReadAllBytes(_folder.File("cut/fold-0/run.json"));
        int after = 0;

        var resumed = Run(plan, "cut", new RunObserver(OnEpoch: _ => after++));

        Assert.Equal(Answers(whole), Answers(resumed));
        Assert.Equal(first, File.ReadAllBytes(_folder.File("cut/fold-0/run.json")));
        Assert.InRange(after, plan.Training.Epochs + 1, (2 * plan.Training.Epochs) - 1);
    }

    [Fact]
    public void Run_again_trains_nothing_and_answers_the_same()
    {
        var plan = Plan(Folds());
        var first = Run(plan, "study");

        var again = Run(plan, "study", new RunObserver(OnEpoch: _ => Assert.Fail("trained again")));

        Assert.Equal(Answers(first), Answers(again));
    }

    [Fact]
    public void Run_of_another_recipe_or_other_folds_in_the_same_folder_is_refused()
    {
        var plan = Plan(Folds());
        Run(plan, "study");

        var recipe = Assert.Throws<GyrusException>(() => Run(plan with { Head = new HeadOptions([8], 0) }, "study"));
        var folds = Assert.Throws<GyrusException>(() => Run(plan with { Manifest = Folds(seed: 2) }, "study"));

        Assert.Contains("another recipe", recipe.Message, StringComparison.Ordinal);
        Assert.Contains(_folder.File("study/fold-0"), recipe.Message, StringComparison.Ordinal);
        Assert.Contains("another recipe, data set or split", folds.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_of_a_manifest_without_whole_folds_is_refused()
    {
        var set = Folds();
        ManifestRow[] rows = [.. set.Rows];

        string Refused(Func<ManifestRow, int?> fold) => Assert.Throws<GyrusException>(() => Run(
            Plan(set with { Rows = [.. rows.Select(row => row with { Fold = fold(row) })] }), "study")).Message;

        Assert.Contains("Split the data set into folds first", Refused(_ => null), StringComparison.Ordinal);
        Assert.Contains(rows[5].Path, Refused(row => row == rows[5] ? null : row.Fold), StringComparison.Ordinal);
        Assert.Contains("2 folds", Refused(row => row.Fold % 2), StringComparison.Ordinal);
        Assert.Contains("the last of number 3", Refused(row => row.Fold + 1), StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder.File("study")));
    }

    [Fact]
    public void Run_tells_of_images_that_it_was_trained_on_a_copy_of_and_of_no_others()
    {
        var set = Folds();
        var (first, last) = (set.Rows.First(row => row.Fold == 0), set.Rows.First(row => row.Fold == 2));
        var grouped = set with
        {
            Rows = [.. set.Rows.Select(row => row with { Group = row == last ? first.Sha256 : row.Sha256 })],
        };
        File.Copy(_folder.File(first.Path), _folder.File("copy.png"));
        var same = set with { Rows = [.. set.Rows, first with { Path = "copy.png", Fold = 2 }] };

        // The run of fold 0 is fitted on fold 2, that of fold 2 on fold 1: fold 0 chooses its epoch.
        var near = Run(Plan(grouped), "near");
        var exact = Run(Plan(same), "exact");

        foreach (var folds in (IReadOnlyList<FoldScores>[])[near, exact])
        {
            Assert.Equal([first.Sha256], folds[0].Leaked);
            Assert.Empty(folds[1].Leaked);
            Assert.Empty(folds[2].Leaked);
        }
        Assert.True(Evaluator.Run(near[0].Scans, near[0].Leaked).IsLeaked);
    }

    [Fact]
    public void Folds_that_are_sources_are_validated_on_the_sources_trained_on_and_keep_patients_apart()
    {
        var set = Folds();
        var manifest = set with
        {
            MoreColumns = ["source", "patient"],
            Rows = [.. set.Rows.Select((row, i) => row with { More = new ManifestValues([$"s{row.Fold}", $"{i / 2}"]) })],
        };

        var folds = Run(Plan(manifest), "sources");

        var rows = manifest.Rows.ToDictionary(row => row.Path);
        foreach (var fold in folds)
        {
            var record = RunRecord.Load(fold.Run);
            var (fitted, chosen) = (record.TrainingImages.ToHashSet(), record.SelectionImages.ToHashSet());
            Assert.Equal(manifest.Rows.Where(row => row.Fold == fold.Fold).Select(row => row.Path).Order(), fold.Scans.Select(scan => scan.Path).Order());
            Assert.Equal(chosen.Order(), fold.Within.Select(scan => scan.Sha256).Order());
            Assert.NotEmpty(fold.Within);
            Assert.All(fold.Within, scan => Assert.NotEqual($"s{fold.Fold}", scan.Source));
            Assert.All(fold.Scans, scan => Assert.Equal($"s{fold.Fold}", scan.Source));
            var people = manifest.Rows.Where(row => chosen.Contains(row.Sha256)).Select(row => (row.More[0], row.More[1])).ToHashSet();
            Assert.DoesNotContain(manifest.Rows, row => fitted.Contains(row.Sha256) && people.Contains((row.More[0], row.More[1])));
            Assert.Equal(2, fold.Within.Select(scan => scan.Source).Distinct().Count());
        }
        Assert.All(Run(Plan(set), "plain"), fold => Assert.Empty(fold.Within));
    }

    [Fact]
    public void Copies_of_a_source_that_others_hold_are_left_out_of_its_fold()
    {
        var set = Folds();
        var (first, last) = (set.Rows.First(row => row.Fold == 0), set.Rows.First(row => row.Fold == 2));
        var manifest = set with
        {
            MoreColumns = ["source"],
            Rows = [.. set.Rows.Select(row => row with
            {
                Group = row == last ? first.Sha256 : row.Sha256,
                More = new ManifestValues([$"s{row.Fold}"]),
            })],
        };

        var parts = FoldParts.OfSources(manifest, 0);

        Assert.Equal(Split.None, parts.Rows.Single(row => row.Path == last.Path).Split);
        Assert.Equal(manifest.Rows.Select(row => (row.Path, row.Label, row.Group)), parts.Rows.Select(row => (row.Path, row.Label, row.Group)));
        Assert.True(FoldParts.AreSources(manifest));
        Assert.False(FoldParts.AreSources(set));
        Assert.False(FoldParts.AreSources(manifest with { Rows = [.. manifest.Rows.Select((row, i) => row with { Fold = i % 3 })] }));
    }

    [Fact]
    public void A_fold_without_the_one_source_with_masks_pastes_no_lesion()
    {
        var set = Folds();
        Manifest Drawn(Func<ManifestRow, bool> where) => set with
        {
            MoreColumns = ["mask"],
            Rows = [.. set.Rows.Select(row => row with { More = new ManifestValues([where(row) ? "outline.png" : ""]) })],
        };
        RunPlan Asked(Manifest manifest) => Plan(manifest) with
        {
            FineTune = new FineTuneOptions { LesionPasting = 0.3 },
            Training = new TrainingOptions { EvidenceWeight = 0.2 },
        };
        RunPlan ForFold(Manifest manifest, int fold) => FoldParts.WithoutMissingMasks(Asked(FoldParts.Of(manifest, fold, 3)));
        var drawn = Drawn(row => row is { Fold: 0, Label: "mri_glioma" });

        Assert.Equal((0.3, 0.2), (ForFold(drawn, 1).FineTune!.LesionPasting, ForFold(drawn, 1).Training.EvidenceWeight));
        Assert.Equal((0, 0), (ForFold(drawn, 0).FineTune!.LesionPasting, ForFold(drawn, 0).Training.EvidenceWeight));
        // Lesions that are drawn at random are known where they lie, and go on teaching evidence.
        var random = FoldParts.WithoutMissingMasks(Asked(FoldParts.Of(drawn, 0, 3)) with { FineTune = new FineTuneOptions { LesionPasting = 0.3, DrawnLesions = 0.2 } });
        Assert.Equal((0, 0.2, 0.2), (random.FineTune!.LesionPasting, random.FineTune.DrawnLesions, random.Training.EvidenceWeight));
        // Outlines of the healthy teach nothing, and a set without any is refused when it is trained.
        Assert.Equal(0.3, ForFold(Drawn(row => row.Label == "mri_healthy"), 0).FineTune!.LesionPasting);
        Assert.Equal(0.3, ForFold(set, 0).FineTune!.LesionPasting);
    }

    /// <summary>Nine images of each label in three folds.</summary>
    private Manifest Folds(int seed = 1)
    {
        var manifest = TinyData.Write(_folder, 9);
        return DatasetSplit.RandomFolds(manifest, 3, seed);
    }

    private static RunPlan Plan(Manifest manifest) => new(
        manifest, "dataset.csv", TinyData.Backbone, TinyData.Weights(), TinyData.Backbone.Preprocessing(), Float16: false,
        new HeadOptions([16], 0.2), new TrainingOptions { Epochs = 4, LearningRate = 1e-2 }, FineTune: null);

    private IReadOnlyList<FoldScores> Run(
        RunPlan plan, string study, RunObserver? observer = null, CancellationTokenSource? cut = null) => FoldStudy.Run(
            plan, _folder.File(study), new TrustOptions(), _folder.File("features"), TimeProvider.System, observer ?? new RunObserver(), onFold: null,
            cut?.Token ?? CancellationToken.None);

    private static IEnumerable<string> Answers(IReadOnlyList<FoldScores> folds) =>
        folds.SelectMany(fold => fold.Scans).Select(scan => $"{scan.Path} {scan.Fold} {string.Join(' ', scan.Probabilities)}");
}
