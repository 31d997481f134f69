using System.CommandLine;
using Gyrus.Cli.Terminal;
using Gyrus.Learning.Backbones;
using Gyrus.Learning.Runs;
using Gyrus.Learning.Training;

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
        Description = "With --fine-tune: first layer to train, by the beginning of its name ("
            + string.Join(", ", Backbone.All.Select(backbone => backbone.LastBlock).Where(name => name.Length > 0)) + "); all if not given.",
        DefaultValueFactory = _ => "",
    };

    private readonly Option<string?> _from = new("--from")
    {
        Description = "With --fine-tune: begin with the weights of another fine-tuned run, such as one on smaller images.",
        HelpName = "RUN",
    };

    private readonly Option<bool> _fromScratch = new("--from-scratch")
    {
        Description = "With --fine-tune: begin with weights drawn at random, not with pretrained ones; needs many more epochs, and --backbone-rate near 1.",
    };

    private readonly Option<string?> _distil = new("--distil")
    {
        Description = "With --fine-tune: learn from the answers of a model package too, and with --evidence-weight from where it sees a tumour.",
        HelpName = "MODEL",
    };

    private readonly Option<double> _distilShare = new("--distil-share")
    {
        Description = "With --distil: how much the model's answers count, beside the true labels.",
        DefaultValueFactory = _ => DistilOptions.DefaultShare,
    };

    private readonly Option<double> _distilTemperature = new("--distil-temperature")
    {
        Description = "With --distil: what logits are divided by before they are compared.",
        DefaultValueFactory = _ => DistilOptions.DefaultTemperature,
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

    private readonly Option<double> _curves = Range("--curves", "share that goes through another sequence's curve of grey levels", Default.Curves);
    private readonly Option<double> _convolutions = Range("--convolutions", "share that goes through small random filters", Default.Convolutions);
    private readonly Option<double> _biasField = Range("--bias-field", "largest logarithm of a smooth field", Default.BiasField);

    private readonly Option<double> _lesionPasting = new("--lesion-pasting")
    {
        Description = "With --fine-tune and a column mask: share of the healthy heads that get a lesion of another scan; half as many get healthy tissue.",
    };

    private readonly Option<double> _drawnLesions = new("--drawn-lesions")
    {
        Description = "With --fine-tune: share of the healthy heads that get a lesion drawn at random; half as many get healthy tissue in its outline.",
    };

    private readonly Option<double> _sourceBalance = new("--source-balance")
    {
        Description = "With --fine-tune and a column source: how alike sources count, from 0, as many images as they have, to 1, all the same.",
    };

    private readonly Option<bool> _noFlip = new("--no-flip")
    {
        Description = "With --fine-tune: do not mirror images.",
    };

    /// <summary>All of them.</summary>
    public IReadOnlyList<Option> All =>
    [
        _fineTune, _from, _fromLayer, _fromScratch, _distil, _distilShare, _distilTemperature, _backboneRate, _firstLayerRate, _startSize, _fullSizeEpochs, _bfloat16, _device, _rotation, _shift,
        _shear, _zoom, _noFlip, _intensity, _noise, _blur, _cutOut, _curves, _convolutions, _biasField, _lesionPasting, _drawnLesions, _sourceBalance,
    ];

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        foreach (var option in All) command.Options.Add(option);
    }

    /// <summary>What was chosen, with what the command line says of fine-tuning in the place of what the recipe says.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="recipe">What was chosen else.</param>
    public TrainingRecipe Over(ParseResult parsed, TrainingRecipe recipe)
    {
        bool fits = parsed.GivenOr(_fineTune, recipe.FineTune is not null);
        TeacherChoice Shares(TeacherChoice choice) => choice with
        {
            Share = parsed.GivenOr(_distilShare, choice.Share),
            Temperature = parsed.GivenOr(_distilTemperature, choice.Temperature),
        };
        return recipe with
        {
            FineTune = fits ? Read(parsed, recipe.FineTune ?? new()) : null,
            Start = parsed.GetValue(_from) is { } run ? new(run, WeightsHash: null) : fits ? recipe.Start : null,
            Distil = parsed.GetValue(_distil) is { } model ? Shares((recipe.Distil ?? new("", null)) with { Model = model, NetworkHash = null })
                : fits && recipe.Distil is { } filed ? Shares(filed) : null,
            Device = parsed.GivenOr(_device, recipe.Device),
        };
    }

    private FineTuneOptions Read(ParseResult parsed, FineTuneOptions filed) => new()
    {
        FromLayer = parsed.GivenOr(_fromLayer, filed.FromLayer),
        FromScratch = parsed.GivenOr(_fromScratch, filed.FromScratch),
        BackboneRate = parsed.GivenOr(_backboneRate, filed.BackboneRate),
        FirstLayerRate = parsed.GivenOr(_firstLayerRate, filed.FirstLayerRate),
        StartSize = parsed.GivenOr(_startSize, filed.StartSize),
        FullSizeEpochs = parsed.GivenOr(_fullSizeEpochs, filed.FullSizeEpochs),
        BFloat16 = parsed.GivenOr(_bfloat16, filed.BFloat16),
        LesionPasting = parsed.GivenOr(_lesionPasting, filed.LesionPasting),
        DrawnLesions = parsed.GivenOr(_drawnLesions, filed.DrawnLesions),
        SourceBalance = parsed.GivenOr(_sourceBalance, filed.SourceBalance),
        Augmentation = new AugmentationOptions
        {
            RotationDegrees = parsed.GivenOr(_rotation, filed.Augmentation.RotationDegrees),
            Shift = parsed.GivenOr(_shift, filed.Augmentation.Shift),
            ShearDegrees = parsed.GivenOr(_shear, filed.Augmentation.ShearDegrees),
            Zoom = parsed.GivenOr(_zoom, filed.Augmentation.Zoom),
            Flip = !parsed.GivenOr(_noFlip, !filed.Augmentation.Flip),
            Intensity = parsed.GivenOr(_intensity, filed.Augmentation.Intensity),
            Noise = parsed.GivenOr(_noise, filed.Augmentation.Noise),
            Blur = parsed.GivenOr(_blur, filed.Augmentation.Blur),
            CutOut = parsed.GivenOr(_cutOut, filed.Augmentation.CutOut),
            Curves = parsed.GivenOr(_curves, filed.Augmentation.Curves),
            Convolutions = parsed.GivenOr(_convolutions, filed.Augmentation.Convolutions),
            BiasField = parsed.GivenOr(_biasField, filed.Augmentation.BiasField),
        },
    };

    private static Option<double> Range(string name, string unit, double value) => new(name)
    {
        Description = $"With --fine-tune: random {name[2..]} of training images, {unit}.",
        DefaultValueFactory = _ => value,
    };
}
