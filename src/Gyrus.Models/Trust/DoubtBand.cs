using System.Globalization;

namespace Gyrus.Models.Trust;

/// <summary>Between which probabilities of a tumour an answer is left out, since the model was wrong there too often on validation images.</summary>
/// <param name="From">Above this one is not sure that there is no tumour, 0 to 1; not above the threshold.</param>
/// <param name="To">Below this one is not sure that there is one; not below the threshold.</param>
/// <param name="Refused">The share of validation images that lie between, each source with both answers weighing the same.</param>
/// <param name="WrongBefore">The share of wrong answers with those, likewise.</param>
/// <param name="Wrong">The share of wrong answers without them, likewise.</param>
public sealed record DoubtBand(double From, double To, double Refused, double WrongBefore, double Wrong)
{
    /// <summary>Why an answer is left out, as a sentence; null where the model is sure enough.</summary>
    /// <param name="tumour">The calibrated probability of a tumour.</param>
    public string? Refusal(double tumour) => tumour <= From || tumour >= To ? null : string.Create(
        CultureInfo.InvariantCulture,
        $"The model is not sure: the probability of a tumour is {100 * tumour:0.0} %, and between {100 * From:0.0} % and {100 * To:0.0} % it was wrong too often on "
        + $"images kept from its training.");
}
