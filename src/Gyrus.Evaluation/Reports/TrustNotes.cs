using System.Globalization;
using Gyrus.Imaging.Labels;
using Gyrus.Models.Trust;

namespace Gyrus.Evaluation.Reports;

/// <summary>What a reader must know of what was learnt on validation images.</summary>
public static class TrustNotes
{
    /// <summary>A sentence or two each: a calibration that was left out, sets that are not made, labels that are in none.
    /// Empty where nothing is out of the ordinary.</summary>
    /// <param name="settings">What was learnt, by one run or by those of several folds; one that comes again counts
    /// once.</param>
    /// <param name="labels">The labels.</param>
    public static IReadOnlyList<string> Of(IReadOnlyList<TrustSettings> settings, LabelSet labels)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(labels);
        List<TrustSettings> distinct = [.. settings.Distinct()];
        var where = distinct.Count == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $"In one of {distinct.Count} folds: ");
        return [.. distinct.SelectMany(one => Of(one, labels)).Select(note => where + note).Distinct()];
    }

    private static IEnumerable<string> Of(TrustSettings trust, LabelSet labels)
    {
        if (trust.RejectedTemperature is { } rejected)
        {
            yield return trust.Temperature != 1
                ? string.Create(
                    CultureInfo.InvariantCulture,
                    $"A temperature of {rejected:0.000} was fitted, and drawn to {trust.Temperature:0.000} as far as answers on validation images that it was not "
                    + $"fitted on asked.")
                : string.Create(
                    CultureInfo.InvariantCulture,
                    $"Probabilities are the network's own: a temperature of {rejected:0.000} was fitted and left out, since it made answers worse on validation "
                    + $"images that it was not fitted on.");
        }
        var conformal = trust.Conformal;
        if (conformal.Least.Count > 0 && !conformal.MakesSets)
        {
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"There are no conformal sets: for a coverage of {100 * conformal.Coverage:0.##} % a label needs {conformal.LeastImages} ")
                + "validation images, and none has as many.";
            yield break;
        }
        for (int label = 0; label < conformal.Least.Count; label++)
        {
            if (conformal.Missing(label, labels) is { } reason && labels.Allowed(label).Count == 1)
                yield return $"{labels[label].Name} is in no conformal set: {reason}.";
        }
    }
}
