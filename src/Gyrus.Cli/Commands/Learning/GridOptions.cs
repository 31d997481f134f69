using System.CommandLine;
using Gyrus.Data.Manifests;
using Gyrus.Learning.Runs;
using Gyrus.Learning.Tuning;
using Gyrus.Learning.Weights;

namespace Gyrus.Cli.Commands.Learning;

/// <summary>The options that name the settings to try.</summary>
internal sealed class GridOptions
{
    /// <summary>A setting that gets no better for so many epochs is not worth the rest of them.</summary>
    public const int Patience = 5;

    private static readonly TuningGrid Default = new();

    private readonly Option<double[]> _rates = List("--learning-rates", "Learning rates to try.", Default.LearningRates);
    private readonly Option<int[]> _sizes = List("--inner-sizes", "Sizes of the head's last hidden layer to try.", Default.InnerSizes);
    private readonly Option<double[]> _dropouts = List("--dropouts", "Dropout rates to try.", Default.Dropouts);

    /// <summary>Adds them to a command.</summary>
    public void AddTo(Command command)
    {
        command.Add(_rates);
        command.Add(_sizes);
        command.Add(_dropouts);
    }

    /// <summary>The settings.</summary>
    public TuningGrid Read(ParseResult parsed) => new()
    {
        LearningRates = parsed.GetValue(_rates)!,
        InnerSizes = parsed.GetValue(_sizes)!,
        Dropouts = parsed.GetValue(_dropouts)!,
    };

    /// <summary>What all settings have in common.</summary>
    /// <param name="chosen">What was chosen.</param>
    /// <param name="manifest">The data set's file.</param>
    /// <exception cref="GyrusException">The recipe fine-tunes, or something that it needs is missing.</exception>
    public static RunPlan Plan(TrainingRecipe chosen, string manifest) => chosen.FineTune is null
        ? RunPlan.Of(chosen, Manifest.Load(manifest), manifest, new WeightStore(UserCache.Folder("weights")))
        : throw new GyrusException("The recipe fine-tunes, and tune trains heads on a frozen backbone: give the recipe of a run without --fine-tune.");

    private static Option<T[]> List<T>(string name, string description, IReadOnlyList<T> values) => new(name)
    {
        Description = description,
        AllowMultipleArgumentsPerToken = true,
        DefaultValueFactory = _ => [.. values],
    };
}
