namespace Gyrus.Data.Shortcuts;

/// <summary>Measures how well labels can be guessed from what is not brain, and from how the head was imaged.</summary>
public static class ShortcutProbe
{
    /// <summary>The number of folds unless another is given.</summary>
    public const int DefaultFolds = 5;

    /// <summary>Guesses every image's label by a classifier that saw no image of its group.</summary>
    /// <param name="samples">The images, in any order.</param>
    /// <param name="seed">The same seed gives the same report.</param>
    /// <param name="folds">The number of folds, 2 or more.</param>
    /// <param name="progress">Told of each fit.</param>
    /// <param name="cancellation">Stops the work.</param>
    public static ShortcutReport Run(
        IReadOnlyList<ShortcutSample> samples,
        int seed = 1,
        int folds = DefaultFolds,
        IProgress<WorkProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(samples);
        ArgumentOutOfRangeException.ThrowIfLessThan(folds, 2);
        // In an order of their own, so that the given order does not matter.
        var ordered = samples.OrderBy(sample => sample.Group, StringComparer.Ordinal)
            .ThenBy(sample => sample.Facts.Sha256, StringComparer.Ordinal)
            .ThenBy(sample => sample.Label, StringComparer.Ordinal).ToList();
        var jobs = Enum.GetValues<ShortcutQuestion>()
            .Select(question => ShortcutTask.Of(question, ordered, folds, seed)).OfType<ShortcutTask>()
            .SelectMany(task => Enum.GetValues<ShortcutSource>().Select(source => (Task: task, Source: source)))
            .OrderBy(job => job.Source == ShortcutSource.Acquisition) // Last, so that the seeds of the others stay as they were.
            .ToList();
        var guesses = jobs.Select(job => new int[job.Task.Samples.Count]).ToList();
        var columns = jobs.Select(job => ShortcutColumns.Of(job.Source, job.Task.Samples)).ToList();
        int done = 0, fits = jobs.Count * folds;
        Parallel.For(0, fits, new ParallelOptions { CancellationToken = cancellation }, fit =>
        {
            var (job, fold) = (fit / folds, fit % folds);
            Guess(jobs[job].Task, columns[job], fold, unchecked(seed * 7919 + fit), guesses[job]);
            progress?.Report(new WorkProgress("shortcuts", Interlocked.Increment(ref done), fits));
        });
        return new ShortcutReport(
            folds, [.. jobs.Select((job, i) => Result(job.Task, job.Source, guesses[i], seed))]);
    }

    private static void Guess(ShortcutTask task, float[][] columns, int fold, int seed, int[] guesses)
    {
        var all = Enumerable.Range(0, task.Samples.Count);
        int[] training = [.. all.Where(i => task.Folds[i] != fold)];
        if (training.Length == 0) return;
        var trees = ExtraTrees.Fit(columns, task.Answers, task.AnswerCount, training, seed);
        foreach (int i in all.Where(i => task.Folds[i] == fold)) guesses[i] = trees.Predict(i);
    }

    private static ShortcutResult Result(ShortcutTask task, ShortcutSource source, int[] guesses, int seed)
    {
        int count = guesses.Length;
        var right = new int[task.AnswerCount];
        var images = new int[task.AnswerCount];
        for (int i = 0; i < count; i++)
        {
            images[task.Answers[i]]++;
            if (guesses[i] == task.Answers[i]) right[task.Answers[i]]++;
        }
        var groups = Enumerable.Range(0, count).GroupBy(i => task.Samples[i].Group)
            .Select(group => (Right: group.Count(i => guesses[i] == task.Answers[i]), Images: group.Count())).ToList();
        var (low, high) = GroupBootstrap.Accuracy(groups, seed);
        return new ShortcutResult(
            task.Question, source, count, groups.Count, (double)right.Sum() / count, low, high,
            (double)images.Max() / count,
            Enumerable.Range(0, task.AnswerCount).Average(k => (double)right[k] / images[k]),
            1.0 / task.AnswerCount);
    }
}
