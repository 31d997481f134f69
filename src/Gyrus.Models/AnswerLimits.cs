using Gyrus.Imaging.Labels;

namespace Gyrus.Models;

/// <summary>What a reader of an answer must know of it, and would not look for in a card: what the model was not taught, and where it is blind.</summary>
public static class AnswerLimits
{
    /// <summary>The limits of a model's answers, a sentence each: its package's own, or what holds of any model with its labels.</summary>
    /// <param name="description">The model.</param>
    public static IReadOnlyList<string> Of(ModelDescription description)
    {
        ArgumentNullException.ThrowIfNull(description);
        return description.Limits ?? Usual(description.LabelSet());
    }

    private static IReadOnlyList<string> Usual(LabelSet labels)
    {
        var taught = PublishedLabels.Set.Equals(labels) ? "tumours and heads without a finding" : string.Join(", ", labels.Names);
        return labels.TellsTumours
            ?
            [
                $"It was taught {taught}, and nothing else: a haemorrhage, a stroke, multiple sclerosis or another finding that is no tumour can be called a "
                    + "tumour, or be passed over.",
                "On scanners, sequences and planes that are rare in its training data it can miss a large tumour and be sure of it.",
            ]
            : [$"It was taught {taught}, and nothing else: whatever else a scan shows gets one of these labels."];
    }
}
