using Gyrus.Models.Trust;
using Xunit;

namespace Gyrus.Models.Tests;

public class ModelCardTests
{
    private static readonly CardFacts Facts = new(
        "The published set, train part.",
        "Keras's ImageNet weights.",
        "MIT",
        [new CardFigure("accuracy", 0.93456, 0.92, 0.95), new CardFigure("accuracy, random split", 0.97)],
        ["Near copies flatter the random split."]);

    [Fact]
    public void Render_says_what_the_model_is_not_for_and_where_it_comes_from()
    {
        var card = ModelCard.Render(SampleDescription.Create(), Facts);

        Assert.StartsWith("# gyrus-resnet50-frozen 1.0.0\n", card);
        Assert.Contains("not a medical device", card);
        Assert.Contains("224 x 224 pixels", card);
        Assert.Contains("`caffe` (BGR minus the ImageNet mean)", card);
        Assert.Contains("2026-02-03 04:05 UTC, seed 7", card);
        Assert.Contains("| TorchSharp | 0.107.0 |", card);
        Assert.Contains("Licence: MIT.", card);
        Assert.Contains("Near copies flatter", card);
    }

    [Fact]
    public void Render_gives_figures_with_their_intervals_where_there_are_any()
    {
        var card = ModelCard.Render(SampleDescription.Create(), Facts);

        Assert.Contains("| accuracy | 0.9346 | 0.9200 to 0.9500 |", card);
        Assert.Contains("| accuracy, random split | 0.9700 |  |", card);
        Assert.DoesNotContain("NaN", card);
    }

    [Fact]
    public void Render_names_the_licence_of_the_weights_by_its_first_line()
    {
        var card = ModelCard.Render(SampleDescription.Create(), Facts with { Licence = "\nResearch, not commercial\nMore." });

        Assert.Contains("## Licence of these weights\nResearch, not commercial. The terms, and the data behind them, are in `LICENSE`.", card);
        Assert.DoesNotContain("Licence of these weights", ModelCard.Render(SampleDescription.Create(), Facts));
    }

    [Fact]
    public void Render_lists_the_kinds_of_image_that_are_refused()
    {
        var description = SampleDescription.Create() with
        {
            Trust = TrustSettings.None,
            Abstention = new AbstentionSettings(5.6, 0.01, 2000, 967, Kinds: KnownKindsTests.Of(
                ("Sagittal T1", new KindAnswers(80, 231, 2, 0.97)), ("Axial T1", new KindAnswers(80, 100, 90, 0.5)))),
        };

        var card = ModelCard.Render(description, Facts);

        Assert.Contains("of 2 kinds", card);
        Assert.Contains("- Sagittal T1: the training data has tumours only (231 of 233 images).\n", card);
        Assert.DoesNotContain("- Axial", card);
    }

    [Fact]
    public void Render_without_figures_says_so()
    {
        var card = ModelCard.Render(SampleDescription.Create(), Facts with { Figures = [] });

        Assert.Contains("None measured yet.", card);
    }

    [Fact]
    public void Render_gives_figures_by_column_and_what_was_learnt_on_validation()
    {
        var card = ModelCard.Render(SampleDescription.Create(), Facts with
        {
            Trust = [new CardFigure("labels in a set, mean", 1.25)],
            By =
            [
                new CardColumn("plane",
                [
                    new CardValue("", 3, [new CardFigure("accuracy", 1)]),
                    new CardValue("a|b", 40, [new CardFigure("accuracy", 0.9, 0.8, 0.95), new CardFigure("tumour: AUROC", 0.99, 0.98, 1)]),
                ]),
            ],
        });

        Assert.Contains("## Calibration, threshold and sets\n", card);
        Assert.Contains("| labels in a set, mean | 1.2500 |  |", card);
        Assert.Contains(
            """
            | plane | images | accuracy | tumour: AUROC |
            | --- | --- | --- | --- |
            | (none) | 3 | 1.0000 | - |
            | a\|b | 40 | 0.9000 (0.8000 to 0.9500) | 0.9900 (0.9800 to 1.0000) |
            """,
            card);
    }

    [Fact]
    public void Render_without_them_has_no_such_sections()
    {
        var card = ModelCard.Render(SampleDescription.Create(), Facts);

        Assert.DoesNotContain("Figures by", card);
        Assert.DoesNotContain("Calibration, threshold", card);
    }
}
