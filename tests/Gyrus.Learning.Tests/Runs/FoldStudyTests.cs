using Gyrus.Data;
using Gyrus.Learning.Heads;
using Gyrus.Learning.Runs;
using Gyrus.Learning.Tests.Training;
using Gyrus.Learning.Training;
using Gyrus.Testing;
using Xunit;

namespace Gyrus.Learning.Tests.Runs;

public sealed class FoldStudyTests
{
    private const int Folds = 3;
    private const int Epochs = 3;

    [Fact]
    public void Run_answers_every_image_once_by_a_run_that_was_not_fitted_or_chosen_on_its_fold()
    {
        using var folder = new TempFolder();
        var manifest = InFolds(TinyData.Write(folder, 6));

        var folds = Run(Plan(manifest), folder);

        Assert.Equal([0, 1, 2], folds.Select(fold => fold.Fold));
        Assert.Equal(
            manifest.Rows.Select(row => row.Path).Order(StringComparer.Ordinal),
            folds.SelectMany(fold => fold.Scans).Select(scan => scan.Path).Order(StringComparer.Ordinal));
        foreach (var fold in folds)
        {
            var record = RunRecord.Load(fold.Run);
            Assert.Equal(Hashes(manifest, (fold.Fold + 1) % Folds), record.SelectionImages);
            Assert.Equal(Hashes(manifest, (fold.Fold + 2) % Folds), record.TrainingImages);
            Assert.Equal(Hashes(manifest, fold.Fold), fold.Scans.Select(scan => scan.Sha256).Order(StringComparer.Ordinal));
            Assert.All(fold.Scans, scan => Assert.Equal(fold.Fold, scan.Fold));
            Assert.Empty(fold.Leaked);
        }
    }

    [Fact]
    public void Run_cut_off_in_its_second_fold_goes_on_there_and_gives_what_it_gives_in_one_go()
    {
        using var folder = new TempFolder();
        var plan = Plan(InFolds(TinyData.Write(folder, 6)));
        var whole = Run(plan, folder, "whole");
        using var cut = new CancellationTokenSource();
        int before = 0, after = 0;

        Assert.Throws<OperationCanceledException>(() => Run(plan, folder, "cut", () =>
        {
            if (++before == Epochs + 2) cut.Cancel();
        }, cut));
        var resumed = Run(plan, folder, "cut", () => after++);

        Assert.Equal(Answers(whole), Answers(resumed));
        Assert.Equal(Folds * Epochs, before + after);
        Assert.Equal(0, Trained(plan, folder, "cut"));
    }

    [Fact]
    public void Run_tells_of_images_whose_copies_it_was_trained_on_and_of_no_others()
    {
        using var folder = new TempFolder();
        var manifest = InFolds(TinyData.Write(folder, 6));
        // Both in fold 2 and in fold 0: the run of fold 2 is fitted on fold 1, that of fold 0 on fold 2.
        var (first, copy) = (manifest.Rows.First(row => row.Fold == 0), manifest.Rows.First(row => row.Fold == 2));
        manifest = manifest with
        {
            Rows = [.. manifest.Rows.Select(row => row == copy ? row with { Group = first.Group } : row)],
        };

        var folds = Run(Plan(manifest), folder);

        Assert.Equal([first.Sha256], folds[0].Leaked);
        Assert.Empty(folds[1].Leaked);
        Assert.Empty(folds[2].Leaked);
    }

    [Fact]
    public void Run_in_a_folder_with_folds_of_another_split_is_refused()
    {
        using var folder = new TempFolder();
        var manifest = InFolds(TinyData.Write(folder, 6));
        Run(Plan(manifest), folder);
        var turned = manifest with { Rows = [.. manifest.Rows.Select(row => row with { Fold = (row.Fold + 1) % Folds })] };

        var error = Assert.Throws<GyrusException>(() => Run(Plan(turned), folder));

        Assert.Contains("fold-0", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_without_folds_or_with_a_gap_in_them_says_what_is_wrong()
    {
        using var folder = new TempFolder();
        var manifest = TinyData.Write(folder, 6);
        var gap = manifest with { Rows = [.. InFolds(manifest).Rows.Select(row => row with { Fold = row.Fold * 2 })] };

        Assert.Contains("--folds", Assert.Throws<GyrusException>(() => Run(Plan(manifest), folder)).Message, StringComparison.Ordinal);
        Assert.Contains("number 4", Assert.Throws<GyrusException>(() => Run(Plan(gap), folder)).Message, StringComparison.Ordinal);
    }

    private static RunPlan Plan(Manifest manifest) => new(
        manifest,
        "folds.csv",
        TinyData.Backbone,
        TinyData.Weights(),
        TinyData.Backbone.Preprocessing(),
        Float16: false,
        new HeadOptions([16], 0.2),
        new TrainingOptions { Epochs = Epochs, LearningRate = 1e-2 },
        FineTune: null);

    /// <summary>Each image in a group of its own, each label in each fold.</summary>
    private static Manifest InFolds(Manifest manifest) => manifest with
    {
        Rows = [.. manifest.Rows.Select((row, i) => row with { Group = row.Sha256[..12], Fold = i % Folds })],
    };

    private static IReadOnlyList<FoldScores> Run(
        RunPlan plan, TempFolder folder, string name = "folds", Action? onEpoch = null, CancellationTokenSource? cut = null) =>
        FoldStudy.Run(
            plan, folder.File(name), folder.File("features"), TimeProvider.System,
            new RunObserver(OnEpoch: _ => onEpoch?.Invoke()), onFold: null,
            cut?.Token ?? TestContext.Current.CancellationToken);

    private static int Trained(RunPlan plan, TempFolder folder, string name)
    {
        int epochs = 0;
        Run(plan, folder, name, () => epochs++);
        return epochs;
    }

    private static IEnumerable<string> Hashes(Manifest manifest, int fold) =>
        manifest.Rows.Where(row => row.Fold == fold).Select(row => row.Sha256).Order(StringComparer.Ordinal);

    private static IEnumerable<(string, int?, string)> Answers(IReadOnlyList<FoldScores> folds) => folds
        .SelectMany(fold => fold.Scans)
        .Select(scan => (scan.Path, scan.Fold, string.Join(' ', scan.Probabilities)));
}
