using Gyrus.Data.Plots;
using Gyrus.Evaluation.Scans;
using Gyrus.Evaluation.Statistics;
using Gyrus.Imaging.Labels;
using OxyPlot;

namespace Gyrus.Evaluation.Plots;

/// <summary>One kind of scans against the others, as a curve is drawn of it.</summary>
/// <param name="Name">The kind's name.</param>
/// <param name="Ranking">The scores.</param>
/// <param name="Colour">The curve's colour.</param>
/// <param name="Dashes">Its dashes; null where it is solid.</param>
/// <param name="Width">Its width in pixels.</param>
internal sealed record LabelCurve(string Name, Ranking Ranking, OxyColor Colour, IReadOnlyList<double>? Dashes, double Width)
{
    private static readonly OxyColor[] Colours = [Palette.SkyBlue, Palette.Blue, Palette.Vermilion, Palette.Green, Palette.Orange, Palette.Purple];

    /// <summary>Tumour against healthy where labels tell, then each label against the rest.</summary>
    public static IEnumerable<LabelCurve> All(IReadOnlyList<ScoredScan> scans)
    {
        if (scans.Count == 0) yield break;
        var labels = scans[0].Labels;
        if (labels.TellsTumours)
        {
            var tumour = new Ranking([.. scans.Select(scan => scan.TumourProbability)], [.. scans.Select(scan => scan.IsTumour)]);
            yield return new LabelCurve("any tumour", tumour, Palette.Ink, Dashes: null, Width: 3);
        }
        for (int i = 0; i < labels.Count; i++)
        {
            int label = i;
            var ranking = new Ranking([.. scans.Select(scan => (double)scan.Probabilities[label])], [.. scans.Select(scan => scan.Truth == label)]);
            var (colour, dashes) = Stroke(labels, label);
            yield return new LabelCurve(labels[label].Name, ranking, colour, dashes, Width: 2);
        }
    }

    // CT dashed, others solid, a tumour of no type among types grey and dotted.
    private static (OxyColor Colour, IReadOnlyList<double>? Dashes) Stroke(LabelSet labels, int label)
    {
        if (labels.Allowed(label).Count > 1) return (Palette.Grey, Palette.Dotted);
        return (Colours[label % Colours.Length], labels[label].Modality == Modality.Ct ? Palette.Dashed : null);
    }
}
