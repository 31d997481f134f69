using Gyrus.Evaluation.Figures;
using Gyrus.Evaluation.Reports;
using Gyrus.Evaluation.Scans;
using Gyrus.Evaluation.TrustFitting;
using Gyrus.Models.Trust;
using Xunit;

namespace Gyrus.Evaluation.Tests.Figures;

public sealed class SelectiveFiguresTests
{
    private static readonly EvaluationOptions s_options = new() { Bootstrap = new(50) };

    [Fact]
    public void Wrong_among_accepted_knows_no_image_that_was_refused()
    {
        ScoredScan[] scans =
        [
            Healthy(0, 0.9f) with { Accepted = false }, Healthy(1, 0.9f) with { Accepted = true },
            Healthy(2, 0.1f) with { Accepted = true }, Healthy(3, 0.1f) with { Accepted = true },
        ];

        var figures = Evaluator.Run(scans, new HashSet<string>(), s_options).Selective!;

        Assert.Equal(0.75, figures[SelectiveFigures.Accepted].Value);
        Assert.Equal(1 / 3.0, figures[SelectiveFigures.WrongAmongAccepted].Value!.Value, 1e-12);
        Assert.Equal(0.5, figures[SelectiveFigures.WrongAt80].Value);
    }

    [Fact]
    public void Where_the_model_was_not_asked_nothing_is_said_of_what_it_accepts()
    {
        var figures = Evaluator.Run([Healthy(0, 0.9f), Healthy(1, 0.2f)], new HashSet<string>(), s_options).Selective!;

        Assert.Null(figures[SelectiveFigures.Accepted].Value);
        Assert.Null(figures[SelectiveFigures.WrongAmongAccepted].Value);
        Assert.Null(figures[SelectiveFigures.Covered].Value);
        // The surest is wrong, and so is one of two.
        Assert.Equal((1 + 0.5) / 2, figures[SelectiveFigures.RiskCoverageArea].Value);
    }

    [Fact]
    public void An_answer_is_as_wrong_and_as_sure_as_the_models_own_threshold_makes_it()
    {
        var trust = TrustSettings.None with { Threshold = new OperatingPoint(0.05, 0.99, null, null) };
        ScoredScan[] scans = [.. ((float[])[0.04f, 0.06f, 0.001f]).Select((tumour, i) => TrustedAnswer.Of(Healthy(i, tumour), trust))];

        var figures = Evaluator.Run(scans, new HashSet<string>(), s_options).Selective!;

        // At half, none would be wrong.
        Assert.Equal((0 + 0 + (1 / 3.0)) / 3, figures[SelectiveFigures.RiskCoverageArea].Value!.Value, 1e-12);
    }

    [Fact]
    public void Covered_is_the_share_whose_set_holds_the_label()
    {
        var trust = TrustSettings.None with { Conformal = new ConformalSettings(0.95, [0.5, 0.5, 0.5, 0.5, 0.5, 0.5, null]) };
        ScoredScan[] scans = [.. ((float[])[0.1f, 0.2f, 0.9f, 0.3f]).Select((tumour, i) => TrustedAnswer.Of(Healthy(i, tumour), trust))];

        Assert.Equal(0.75, Evaluator.Run(scans, new HashSet<string>(), s_options).Selective![SelectiveFigures.Covered].Value);
    }

    private static ScoredScan Healthy(int number, float tumour) => MadeUpScans.Scan(number, "mri_healthy", 0, 0, tumour, 1 - tumour, 0, 0, 0);
}
