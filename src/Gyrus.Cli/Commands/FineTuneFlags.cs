using System.CommandLine;
using Gyrus.Learning.Runs;
using Gyrus.Learning.Training;

namespace Gyrus.Cli.Commands;

/// <summary>The options of <c>gyrus train</c> that unfreeze the backbone.</summary>
internal sealed class FineTuneFlags
{
    private static readonly AugmentationOptions Default = new();

    private readonly Option<bool> _fineTune = new("--fine-tune")
    {
        Description = "Train the backbone too, on augmented images. Slow: about 0.3 s an image and epoch.",
    };

    private readonly Option<string> _fromLayer = new("--from-layer")
    {
        Description = "With --fine-tune: first layer to train, by the beginning of its name (conv5, block14); all if "
            + "not given.",
        DefaultValueFactory = _ => "",
    };

    private readonly Option<double> _rotation = Range("--rotation", "degrees either way", Default.RotationDegrees);
    private readonly Option<double> _shift = Range("--shift", "share of the size either way", Default.Shift);
    private readonly Option<double> _shear = Range("--shear", "degrees either way", Default.ShearDegrees);
    private readonly Option<double> _zoom = Range("--zoom", "share either way", Default.Zoom);

    private readonly Option<bool> _noFlip = new("--no-flip")
    {
        Description = "With --fine-tune: do not mirror images.",
    };

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[_fineTune, _fromLayer, _rotation, _shift, _shear, _zoom, _noFlip])
            command.Options.Add(option);
    }

    /// <summary>How the backbone is trained; null where it stays frozen.</summary>
    public FineTuneOptions? Read(ParseResult parsed) => !parsed.GetValue(_fineTune) ? null : new FineTuneOptions
    {
        FromLayer = parsed.GetValue(_fromLayer)!,
        Augmentation = new AugmentationOptions
        {
            RotationDegrees = parsed.GetValue(_rotation),
            Shift = parsed.GetValue(_shift),
            ShearDegrees = parsed.GetValue(_shear),
            Zoom = parsed.GetValue(_zoom),
            Flip = !parsed.GetValue(_noFlip),
        },
    };

    private static Option<double> Range(string name, string unit, double value) => new(name)
    {
        Description = $"With --fine-tune: random {name[2..]} of training images, {unit}.",
        DefaultValueFactory = _ => value,
    };
}
