using System.CommandLine;
using Gyrus.Learning.Runs;
using Gyrus.Learning.Training;
using Gyrus.Learning.Weights;

namespace Gyrus.Cli.Commands.Learning;

/// <summary>The options of <c>gyrus train</c> that unfreeze the backbone.</summary>
internal sealed class FineTuneFlags
{
    private static readonly AugmentationOptions Default = new();

    private readonly Option<bool> _fineTune = new("--fine-tune")
    {
        Description = "Train the backbone too, on augmented images, one of each group of copies an epoch. At 160 pixels "
            + "0.02 to 0.1 s an image and epoch on two cores, at 224 twice that.",
    };

    private readonly Option<string> _fromLayer = new("--from-layer")
    {
        Description = "With --fine-tune: first layer to train, by the beginning of its name (conv5, block14); all if "
            + "not given.",
        DefaultValueFactory = _ => "",
    };

    private readonly Option<string?> _from = new("--from")
    {
        Description = "With --fine-tune: begin with the weights of another fine-tuned run, such as one on smaller images.",
        HelpName = "RUN",
    };

    private readonly Option<double> _backboneRate = new("--backbone-rate")
    {
        Description = "With --fine-tune: the learning rate of the backbone's last layer, as a share of the head's.",
        DefaultValueFactory = _ => new FineTuneOptions().BackboneRate,
    };

    private readonly Option<double> _firstLayerRate = new("--first-layer-rate")
    {
        Description = "With --fine-tune: the learning rate of the first layer that is trained, as a share of the last's.",
        DefaultValueFactory = _ => new FineTuneOptions().FirstLayerRate,
    };

    private readonly Option<int> _startSize = new("--start-size")
    {
        Description = "With --fine-tune: smaller images in the first epochs, for speed; 0 for the full size throughout.",
    };

    private readonly Option<int> _fullSizeEpochs = new("--full-size-epochs")
    {
        Description = "With --start-size: how many epochs at the end see the full size.",
        DefaultValueFactory = _ => new FineTuneOptions().FullSizeEpochs,
    };

    private readonly Option<bool> _bfloat16 = new("--bfloat16")
    {
        Description = "With --fine-tune: compute training steps in bfloat16. Twice as fast on processors with AVX512-BF16 "
            + "(see lscpu), slower on others.",
    };

    private readonly Option<string> _device = new("--device")
    {
        Description = "With --fine-tune: cpu, cuda or cuda:N.",
        DefaultValueFactory = _ => "cpu",
    };

    private readonly Option<double> _rotation = Range("--rotation", "degrees either way", Default.RotationDegrees);
    private readonly Option<double> _shift = Range("--shift", "share of the size either way", Default.Shift);
    private readonly Option<double> _shear = Range("--shear", "degrees either way", Default.ShearDegrees);
    private readonly Option<double> _zoom = Range("--zoom", "share either way", Default.Zoom);
    private readonly Option<double> _intensity = Range("--intensity", "change of contrast and gamma, share", Default.Intensity);
    private readonly Option<double> _noise = Range("--noise", "largest deviation in grey levels", Default.Noise);
    private readonly Option<double> _blur = Range("--blur", "largest deviation as a share of the size", Default.Blur);
    private readonly Option<double> _cutOut = Range("--cut-out", "largest side as a share of the size", Default.CutOut);

    private readonly Option<bool> _noFlip = new("--no-flip")
    {
        Description = "With --fine-tune: do not mirror images.",
    };

    /// <summary>All of them.</summary>
    public IReadOnlyList<Option> All =>
    [
        _fineTune, _from, _fromLayer, _backboneRate, _firstLayerRate, _startSize, _fullSizeEpochs, _bfloat16, _device, _rotation, _shift,
        _shear, _zoom, _noFlip, _intensity, _noise, _blur, _cutOut,
    ];

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        foreach (var option in All) command.Options.Add(option);
    }

    /// <summary>The run to begin with; null for the pretrained backbone.</summary>
    public TrainedRun? Start(ParseResult parsed, WeightStore store) =>
        parsed.GetValue(_from) is { } folder ? TrainedRun.Open(folder, store) : null;

    /// <summary>Where the backbone is trained.</summary>
    public string Device(ParseResult parsed) => parsed.GetValue(_device)!;

    /// <summary>How the backbone is trained; null where it stays frozen.</summary>
    public FineTuneOptions? Read(ParseResult parsed) => !parsed.GetValue(_fineTune) ? null : new FineTuneOptions
    {
        FromLayer = parsed.GetValue(_fromLayer)!,
        BackboneRate = parsed.GetValue(_backboneRate),
        FirstLayerRate = parsed.GetValue(_firstLayerRate),
        StartSize = parsed.GetValue(_startSize),
        FullSizeEpochs = parsed.GetValue(_fullSizeEpochs),
        BFloat16 = parsed.GetValue(_bfloat16),
        Augmentation = new AugmentationOptions
        {
            RotationDegrees = parsed.GetValue(_rotation),
            Shift = parsed.GetValue(_shift),
            ShearDegrees = parsed.GetValue(_shear),
            Zoom = parsed.GetValue(_zoom),
            Flip = !parsed.GetValue(_noFlip),
            Intensity = parsed.GetValue(_intensity),
            Noise = parsed.GetValue(_noise),
            Blur = parsed.GetValue(_blur),
            CutOut = parsed.GetValue(_cutOut),
        },
    };

    private static Option<double> Range(string name, string unit, double value) => new(name)
    {
        Description = $"With --fine-tune: random {name[2..]} of training images, {unit}.",
        DefaultValueFactory = _ => value,
    };
}
