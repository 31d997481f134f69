using Gyrus.Imaging.Tensors;
using Gyrus.Learning.Heads;
using Gyrus.Learning.Training;

namespace Gyrus.Learning.Runs;

/// <summary>All that a user chooses of a training run, apart from the data: what <c>recipe.json</c> holds. With the same data and
/// weights on one kind of machine it gives the same run. Members have the names that they have in <c>run.json</c>.</summary>
public sealed record TrainingRecipe
{
    /// <summary>The layout's version that this code writes and reads.</summary>
    public const int CurrentFormatVersion = 1;

    /// <summary>The version of this layout.</summary>
    public int FormatVersion { get; init; } = CurrentFormatVersion;

    /// <summary>One of <see cref="Backbones.Backbone.Names"/>; <c>resnet50</c> unless given.</summary>
    public string Backbone { get; init; } = Backbones.Backbone.ResNet50.Name;

    /// <summary>SHA-256 of the pretrained backbone's tensors; null, the default, for those that are at hand, or that are drawn.</summary>
    public string? WeightsHash { get; init; }

    /// <summary>How scans become the network's input.</summary>
    public InputChoice Preprocessing { get; init; } = new(0, ResampleKernel.Bilinear, Framing.Whole);

    /// <summary>Whether the frozen backbone's kernels are rounded to float16; not unless given.</summary>
    public bool Float16 { get; init; }

    /// <summary>The classifier behind the backbone; the published one unless given.</summary>
    public HeadOptions Head { get; init; } = HeadOptions.Published;

    /// <summary>The optimisation.</summary>
    public TrainingOptions Training { get; init; } = new();

    /// <summary>How the backbone is fitted; null, the default, where it is frozen.</summary>
    public FineTuneOptions? FineTune { get; init; }

    /// <summary>The run whose weights are the first ones; null, the default, to begin with the pretrained backbone.</summary>
    public StartChoice? Start { get; init; }

    /// <summary>The model that is learnt from; null, the default, for none.</summary>
    public TeacherChoice? Distil { get; init; }

    /// <summary>Where a backbone that is fitted is computed: <c>cpu</c>, the default, <c>cuda</c> or <c>cuda:1</c> and so on.</summary>
    public string Device { get; init; } = "cpu";

    /// <summary>What was chosen for a run that is about to be trained.</summary>
    /// <param name="plan">The run.</param>
    public static TrainingRecipe Of(RunPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return new()
        {
            Backbone = plan.Backbone.Name,
            // Drawn weights are those of the seed, which a repeated recipe may change.
            WeightsHash = plan.FineTune is { FromScratch: true } ? null : plan.Weights.Hash(),
            Preprocessing = new(plan.Preprocessing.Size, plan.Preprocessing.Kernel, plan.Preprocessing.Framing),
            Float16 = plan.Float16,
            Head = plan.Head,
            Training = plan.Training,
            FineTune = plan.FineTune,
            Start = plan.Start is { } start ? new(Path.GetFullPath(start.Folder), start.WeightsHash) : null,
            Distil = plan.Teacher is { } teacher
                ? new(teacher.Package.Folder, teacher.Options.TeacherHash, teacher.Options.Share, teacher.Options.Temperature) : null,
            Device = plan.Device,
        };
    }
}

/// <summary>What a user chooses of the preprocessing; the rest is the backbone's.</summary>
/// <param name="Size">Width and height that scans are brought to, in pixels; 0 for the backbone's own.</param>
/// <param name="Kernel">The resampling kernel.</param>
/// <param name="Framing">What of a scan the network sees.</param>
public sealed record InputChoice(int Size, ResampleKernel Kernel, Framing Framing);

/// <summary>A model to learn from.</summary>
/// <param name="Model">Its package.</param>
/// <param name="NetworkHash">SHA-256 of its network; null for whichever it has.</param>
/// <param name="Share">As in <see cref="DistilOptions"/>.</param>
/// <param name="Temperature">As in <see cref="DistilOptions"/>.</param>
public sealed record TeacherChoice(string Model, string? NetworkHash, double Share = DistilOptions.DefaultShare, double Temperature = DistilOptions.DefaultTemperature);

/// <summary>A fine-tuned run to begin with.</summary>
/// <param name="Run">Its folder.</param>
/// <param name="WeightsHash">SHA-256 of the weights that it fitted; null for whichever it has.</param>
public sealed record StartChoice(string Run, string? WeightsHash);
