using Gyrus.Data.Examining;
using Gyrus.Data.Shortcuts;
using Gyrus.Data.Surroundings;
using Gyrus.Imaging.Acquisition;
using Gyrus.Imaging.HeadRegion;
using Gyrus.Testing;
using Xunit;

namespace Gyrus.Data.Tests.Shortcuts;

public sealed class AcquisitionProbeTests
{
    private const int Images = 200;

    [Fact]
    public void Where_the_sequence_is_the_label_it_is_read_off()
    {
        var result = Probe(sequenceIsLabel: true);

        Assert.True(result.IsShortcut);
        Assert.InRange(result.AccuracyLow, 0.9, 1);
    }

    [Fact]
    public void Where_the_sequence_is_independent_of_the_label_lesions_are_not_seen()
    {
        var result = Probe(sequenceIsLabel: false);

        Assert.True(!result.IsShortcut, $"{result.Accuracy}");
        Assert.InRange(result.Accuracy, 0.3, 0.62);
    }

    [Fact]
    public void How_it_was_imaged_is_no_part_of_what_is_not_brain()
    {
        var report = Report(sequenceIsLabel: true);

        Assert.False(report.Find(ShortcutQuestion.MriTumour, ShortcutSource.All)!.IsShortcut);
        Assert.All(report.WithoutBrain, result => Assert.NotEqual(ShortcutSource.Acquisition, result.Source));
        Assert.All(report.FromAcquisition, result => Assert.Equal(ShortcutSource.Acquisition, result.Source));
    }

    private static ShortcutResult Probe(bool sequenceIsLabel) =>
        Report(sequenceIsLabel).Find(ShortcutQuestion.MriTumour, ShortcutSource.Acquisition)!;

    private static ShortcutReport Report(bool sequenceIsLabel)
    {
        var random = new Random(5);
        var samples = Enumerable.Range(0, Images).Select(i =>
        {
            bool tumour = random.Next(2) == 0, drawn = random.Next(2) == 0, t1 = sequenceIsLabel ? tumour : drawn;
            var scan = DrawnSequence.Draw(t1 ? DrawnSequence.LikeT1 : DrawnSequence.LikeT2, i, !tumour ? null : t1 ? (byte)215 : (byte)235);
            var facts = new ImageFacts($"{i}", scan.Width, scan.Height, "L", "png", new SurroundingsFacts(true, 0.5, false, new float[SurroundingsColumns.Count]), [])
            {
                Acquisition = AcquisitionColumns.Of(scan, HeadFinder.Find(scan)),
            };
            return new ShortcutSample(tumour ? "mri_tumor" : "mri_healthy", $"{i}", facts);
        });
        return ShortcutProbe.Run([.. samples], cancellation: TestContext.Current.CancellationToken);
    }
}
