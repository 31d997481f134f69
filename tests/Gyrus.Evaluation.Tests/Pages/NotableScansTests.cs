using Gyrus.Evaluation.Pages;
using Gyrus.Evaluation.Scans;
using Xunit;

namespace Gyrus.Evaluation.Tests.Pages;

public sealed class NotableScansTests
{
    private static readonly ScoredScan s_right = MadeUpScans.Scan(0, "mri_glioma", 0, 0, 0.9f, 0.1f, 0, 0, 0);
    private static readonly ScoredScan s_surelyWrong = MadeUpScans.Scan(1, "mri_glioma", 0, 0, 0.1f, 0.9f, 0, 0, 0);
    private static readonly ScoredScan s_barelyWrong = MadeUpScans.Scan(2, "mri_glioma", 0, 0, 0.45f, 0.55f, 0, 0, 0);

    // A tumour of no type, which any type of its modality answers.
    private static readonly ScoredScan s_unspecified = MadeUpScans.Scan(3, "mri_tumor", 0, 0, 0.6f, 0, 0.4f, 0, 0);

    [Fact]
    public void Worst_errors_are_wrong_answers_the_surest_first() =>
        Assert.Equal([s_surelyWrong, s_barelyWrong], NotableScans.WorstErrors([s_right, s_barelyWrong, s_unspecified, s_surelyWrong], 12));

    [Fact]
    public void Worst_errors_name_a_file_that_is_there_twice_once() =>
        Assert.Equal([s_surelyWrong], NotableScans.WorstErrors([s_surelyWrong with { Path = "z.png" }, s_surelyWrong], 12));

    [Fact]
    public void Least_sure_answers_have_the_smallest_margin_right_or_wrong() =>
        Assert.Equal([s_barelyWrong, s_unspecified], NotableScans.LeastSure([s_right, s_barelyWrong, s_unspecified, s_surelyWrong], 2));
}
