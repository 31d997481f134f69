using Gyrus.Data.Acquisition;
using Gyrus.Data.Audit;
using Gyrus.Data.Copies;
using Gyrus.Data.Examining;
using Gyrus.Data.Shortcuts;
using Gyrus.Imaging.Acquisition;
using Xunit;

namespace Gyrus.Data.Tests.Audit;

public sealed class ScoreCardTests : IDisposable
{
    private readonly AuditRig _rig = new();

    public void Dispose() => _rig.Dispose();

    [Theory]
    [InlineData(4, 0, Verdict.Fail, "4 images carry writing or drawing outside the head, 100 % of ct_tumor and 0 % of ct_healthy")]
    [InlineData(4, 4, Verdict.Warn, "8 images carry writing or drawing outside the head; it may name patients.")]
    [InlineData(0, 0, Verdict.Pass, "No writing was found outside the head.")]
    public void Writing_that_tells_the_label_fails_and_writing_alike_on_all_is_worth_a_look(
        int onTumour, int onHealthy, Verdict verdict, string said)
    {
        var line = Report(
            image => image.Label == "ct_tumor" ? Number(image) < onTumour : Number(image) < onHealthy, []).Line(Findings.Text);

        Assert.Equal(verdict, line.Verdict);
        Assert.StartsWith(said, line.Sentence, StringComparison.Ordinal);
        Assert.Equal(verdict != Verdict.Pass, line.Mend is not null);
    }

    [Fact]
    public void Of_shortcuts_those_to_the_tumour_come_before_those_to_the_label()
    {
        var line = Shortcuts(
            Result(ShortcutQuestion.Label, 0.9, 0.2), Result(ShortcutQuestion.CtTumour, 0.8, 0.5),
            Result(ShortcutQuestion.MriTumour, 0.7, 0.6));

        Assert.Equal(Verdict.Fail, line.Verdict);
        Assert.Contains(
            "tumour or healthy on CT is guessed right for 80 % of the images, against 50 %", line.Sentence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0.63, 0.5, Verdict.Fail)]
    [InlineData(0.60, 0.5, Verdict.Warn)]
    [InlineData(0.51, 0.5, Verdict.Pass)]
    public void A_shortcut_is_judged_by_the_lower_end_of_its_interval(double accuracy, double majority, Verdict verdict) =>
        Assert.Equal(verdict, Shortcuts(Result(ShortcutQuestion.MriTumour, accuracy, majority)).Verdict);

    [Theory]
    [InlineData(0.95, 0.6, Verdict.Fail, "a network can read sequence and plane instead of the lesion.")]
    [InlineData(0.61, 0.6, Verdict.Pass, "How the head was imaged hardly tells the label")]
    public void How_the_head_was_imaged_is_judged_by_itself(double accuracy, double majority, Verdict verdict, string said)
    {
        var report = Report(_ => false,
            [Result(ShortcutQuestion.MriTumour, accuracy, majority, ShortcutSource.Acquisition), Result(ShortcutQuestion.MriTumour, 0.5, 0.5)]);

        Assert.Equal(verdict, report.Line(Findings.Acquisition).Verdict);
        Assert.Contains(said, report.Line(Findings.Acquisition).Sentence, StringComparison.Ordinal);
        Assert.Equal(Verdict.Pass, report.Line(Findings.Shortcuts).Verdict);
    }

    [Fact]
    public void Without_a_probe_nothing_is_said_of_shortcuts() => Assert.Equal(Verdict.Unknown, Shortcuts().Verdict);

    private ScoreLine Shortcuts(params ShortcutResult[] results) =>
        Report(_ => false, results).Line(Findings.Shortcuts);

    private static ShortcutResult Result(ShortcutQuestion question, double accuracy, double majority, ShortcutSource source = ShortcutSource.All) => new(
        question, source, 100, 90, accuracy, accuracy - 0.02, accuracy + 0.02, majority, accuracy, 0.5);

    private static int Number(ExaminedImage image) => int.Parse(
        Path.GetFileNameWithoutExtension(image.Path), System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>The report on four images of two labels, where some are said to have writing.</summary>
    private AuditReport Report(Func<ExaminedImage, bool> hasText, IReadOnlyList<ShortcutResult> shortcuts)
    {
        for (int i = 0; i < 4; i++)
        {
            _rig.Write($"ct_tumor/{i}.png", AuditRig.Png(70 + i, 70, spread: 200));
            _rig.Write($"ct_healthy/{i}.png", AuditRig.Png(80 + i, 70, spread: 200));
        }
        var found = AuditSource.Find(_rig.Root, "", null, CancellationToken.None);
        var examination = DatasetExamination.Run(found.Images, [], 0, _rig.File("cache"), null, CancellationToken.None);
        return DatasetAudit.Of(
            _rig.Root, found, examination with { Images = [.. examination.Images.Select(image => WithText(image, hasText(image)))] },
            new CopyReport([], []), new ShortcutReport(5, shortcuts),
            new AcquisitionReport(false, [], null, null, new AcquisitionKinds([], [], [])));
    }

    private static ExaminedImage WithText(ExaminedImage image, bool text) => image with
    {
        Facts = image.Facts with { Surroundings = image.Facts.Surroundings with { BurnedInText = text } },
    };
}
