using Gyrus.Imaging.Labels;
using Gyrus.Inference.HeatMaps;
using Xunit;

namespace Gyrus.Inference.Tests.HeatMaps;

public sealed class EvidenceTargetTests
{
    private static readonly LabelSet s_grades = LabelNames.Guess(["grade I", "grade II", "grade III", "größer"]);

    public static TheoryData<string?, bool> Targets => new()
    {
        { null, true }, { "mri_glioma", true }, { "ct_healthy", true }, { "grade II", false }, { "größer", false },
    };

    [Theory]
    [MemberData(nameof(Targets))]
    public void Gradient_is_how_the_log_odds_move_with_each_logit(string? label, bool published)
    {
        var labels = published ? PublishedLabels.Set : s_grades;
        var target = label is null ? EvidenceTarget.Tumour(labels) : EvidenceTarget.Of(labels, labels[labels.IndexOf(label)]);
        var random = new Random(1);
        float[] logits = [.. labels.All.Select(_ => (float)((8 * random.NextDouble()) - 4))];

        var gradient = target.Gradient(logits);

        const float step = 1 / 64f;
        for (int i = 0; i < logits.Length; i++)
        {
            var (up, down) = (logits.ToArray(), logits.ToArray());
            up[i] += step;
            down[i] -= step;
            Assert.Equal((target.LogOdds(up) - target.LogOdds(down)) / (2 * step), gradient[i], 1e-4);
        }
    }

    [Fact]
    public void Log_odds_are_those_of_the_probability()
    {
        float[] logits = [1, -2, 0.5f, 3];
        double sum = logits.Sum(logit => Math.Exp(logit));

        foreach (var (label, i) in s_grades.All.Select((label, i) => (label, i)))
        {
            double p = Math.Exp(logits[i]) / sum;
            Assert.Equal(Math.Log(p / (1 - p)), EvidenceTarget.Of(s_grades, label).LogOdds(logits), 1e-6);
        }
    }

    [Theory]
    [InlineData(500)]
    [InlineData(-500)]
    public void Gradient_of_an_answer_that_is_quite_sure_is_finite_and_tells_the_others_apart(float logit)
    {
        var gradient = EvidenceTarget.Of(s_grades, s_grades[1]).Gradient([2, logit, 0, -40]);

        Assert.Equal(1, gradient[1]);
        Assert.Equal(-1, gradient[0] + gradient[2] + gradient[3], 1e-6f);
        Assert.True(gradient[0] < gradient[2] && gradient[2] < gradient[3] && gradient[3] < 0);
    }
}
