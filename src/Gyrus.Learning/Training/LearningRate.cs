namespace Gyrus.Learning.Training;

/// <summary>The learning rate of each step.</summary>
internal static class LearningRate
{
    /// <summary>The rate of a step.</summary>
    /// <param name="options">Schedule, warm-up and highest rate.</param>
    /// <param name="step">Steps taken so far; 0 for the first.</param>
    /// <param name="steps">Steps of the whole training.</param>
    public static double At(TrainingOptions options, long step, long steps)
    {
        if (options.Schedule == Schedule.Constant) return options.LearningRate;
        double warm = Math.Floor(options.WarmUp * steps);
        if (step < warm) return options.LearningRate * (step + 1) / (warm + 1);
        double done = (step - warm) / Math.Max(steps - warm, 1);
        return options.LearningRate * 0.5 * (1 + Math.Cos(Math.PI * done));
    }
}
