using Gyrus.Imaging.Labels;

namespace Gyrus.Data.Shortcuts;

/// <summary>A question with the images that it is asked of, their answers and their folds.</summary>
/// <param name="Question">The question.</param>
/// <param name="Samples">The images.</param>
/// <param name="Answers">[samples]: the answer of each, from 0.</param>
/// <param name="AnswerCount">The number of answers.</param>
/// <param name="Folds">[samples]: the fold of each, from 0.</param>
internal sealed record ShortcutTask(
    ShortcutQuestion Question, IReadOnlyList<ShortcutSample> Samples, byte[] Answers, int AnswerCount, int[] Folds)
{
    /// <summary>Puts a question to those images that it can be asked of; null where it cannot be answered.</summary>
    /// <param name="question">The question.</param>
    /// <param name="all">All images.</param>
    /// <param name="folds">The number of folds; an answer with fewer groups is left out.</param>
    /// <param name="seed">The same seed gives the same folds.</param>
    public static ShortcutTask? Of(ShortcutQuestion question, IReadOnlyList<ShortcutSample> all, int folds, int seed)
    {
        var labels = LabelNames.TryGuess(all.Select(sample => sample.Label));
        var answered = all.Select(sample => (Sample: sample, Answer: Answer(question, sample.Label, labels)))
            .Where(pair => pair.Answer is not null).ToList();
        var answers = answered.GroupBy(pair => pair.Answer!)
            .Where(same => same.Select(pair => pair.Sample.Group).Distinct().Count() >= folds)
            .Select(same => same.Key).Order(StringComparer.Ordinal).ToList();
        if (answers.Count is < 2 or > byte.MaxValue) return null;
        var kept = answered.Where(pair => answers.Contains(pair.Answer!)).ToList();
        var samples = kept.Select(pair => pair.Sample).ToList();
        var codes = kept.Select(pair => (byte)answers.IndexOf(pair.Answer!)).ToArray();
        var dealt = GroupFolds.Deal([.. samples.Select(sample => sample.Group)], codes, folds, seed);
        return new ShortcutTask(question, samples, codes, answers.Count, dealt);
    }

    private static string? Answer(ShortcutQuestion question, string name, LabelSet? labels)
    {
        if (question == ShortcutQuestion.Label) return name;
        if (labels is not { TellsTumours: true }) return null;
        var label = labels[labels.IndexOf(name)];
        var modality = question == ShortcutQuestion.CtTumour ? Modality.Ct : Modality.Mri;
        if (label.Modality != modality) return null;
        return label.IsTumour == true ? "tumour" : "healthy";
    }
}
