using System.CommandLine;
using System.Globalization;
using Gyrus.Cli.Terminal;
using Gyrus.Imaging.Tensors;
using Gyrus.Learning.Backbones;
using Gyrus.Learning.Heads;
using Gyrus.Learning.Runs;
using Gyrus.Learning.Training;
using Gyrus.Learning.Tuning;

namespace Gyrus.Cli.Commands.Learning;

/// <summary>The options that say how a network is trained; <c>train</c>, <c>tune</c> and <c>evaluate --folds</c> have
/// them in common.</summary>
internal sealed class RecipeOptions
{
    private static readonly TrainingOptions Default = new();

    private readonly Option<string?> _config = new("--config")
    {
        Description = "A recipe, such as the recipe.json of a run, to be repeated. Options beside it change single values of it.",
        HelpName = "FILE",
    };

    private readonly Option<string> _backbone = new("--backbone")
    {
        Description = $"Pretrained network: {Backbone.Names}.",
        DefaultValueFactory = _ => Backbone.ResNet50.Name,
    };

    private readonly Option<int> _size = new("--size")
    {
        Description = "Width and height that scans are brought to; 0 for the backbone's own ("
            + string.Join(", ", Backbone.All.Select(backbone => $"{backbone.InputSize} for {backbone.Name}")) + ").",
    };

    private readonly Option<ResampleKernel> _kernel = new Option<ResampleKernel>("--kernel")
    {
        Description = "How scans are resized: bilinear (antialiased) or nearest (as the published pipeline did it).",
        DefaultValueFactory = _ => ResampleKernel.Bilinear,
    }.TakeNames();

    private readonly Option<Framing> _framing = new Option<Framing>("--framing")
    {
        Description = "What of a scan the network sees: whole, or head: the head alone, grey, its surroundings blanked.",
        DefaultValueFactory = _ => Framing.Whole,
    }.TakeNames();

    private readonly Option<bool> _float16 = new("--float16")
    {
        Description = "Round the frozen backbone's kernels to float16, so that export --float16 changes nothing.",
    };

    private readonly Option<string> _hidden = new("--hidden")
    {
        Description = "Units of the head's hidden layers, separated by commas; 'none' for no hidden layer.",
        DefaultValueFactory = _ => string.Join(',', HeadOptions.Published.Hidden),
    };

    private readonly Option<double> _dropout = new("--dropout")
    {
        Description = "Share of the last hidden layer dropped in training.",
        DefaultValueFactory = _ => HeadOptions.Published.Dropout,
    };

    private readonly Option<double> _learningRate = new("--learning-rate")
    {
        Description = "Adam's step size.",
        DefaultValueFactory = _ => Default.LearningRate,
    };

    private readonly Option<int> _batchSize = new("--batch-size")
    {
        Description = "Images a step.",
        DefaultValueFactory = _ => Default.BatchSize,
    };

    private readonly Option<int> _epochs = new("--epochs")
    {
        Description = "Passes over the training part.",
        DefaultValueFactory = _ => Default.Epochs,
    };

    private readonly int _defaultPatience;
    private readonly Option<int> _patience;

    private readonly Option<int> _seed = new("--seed")
    {
        Description = "Two runs with one seed are equal.",
        DefaultValueFactory = _ => Default.Seed,
    };

    private readonly Option<SelectionMetric> _metric = new Option<SelectionMetric>("--metric")
    {
        Description = "What the best epoch is chosen by, on validation: accuracy, loss or tumourRecall.",
        DefaultValueFactory = _ => Default.Metric,
    }.TakeNames();

    private readonly Option<ClassWeights> _classWeights = new Option<ClassWeights>("--class-weights")
    {
        Description = "none: each image counts the same; balanced: each label does.",
        DefaultValueFactory = _ => Default.ClassWeights,
    }.TakeNames();

    private readonly Option<Unspecified> _unspecified = new Option<Unspecified>("--unspecified")
    {
        Description = "What a tumour of no type, such as mri_tumor among labels with types, means: partial (any of its modality) or asPublished (a label like the others).",
        DefaultValueFactory = _ => Default.Unspecified,
    }.TakeNames();

    private readonly Option<Schedule> _schedule = new Option<Schedule>("--schedule")
    {
        Description = "How the learning rate goes: constant or cosine (with warm-up).",
        DefaultValueFactory = _ => Default.Schedule,
    }.TakeNames();

    private readonly Option<double> _warmUp = new("--warm-up")
    {
        Description = "With --schedule cosine: share of the steps over which the learning rate rises.",
        DefaultValueFactory = _ => Default.WarmUp,
    };

    private readonly Option<double> _weightDecay = new("--weight-decay")
    {
        Description = "What a step takes off every kernel, as a share of it and of the learning rate.",
        DefaultValueFactory = _ => Default.WeightDecay,
    };

    private readonly Option<double> _labelSmoothing = new("--label-smoothing")
    {
        Description = "Share of the truth that is spread over all labels.",
        DefaultValueFactory = _ => Default.LabelSmoothing,
    };

    private readonly Option<double> _mixing = new("--mixing")
    {
        Description = "Mix images in pairs (mixup): the parameter of the beta distribution, 0 for none.",
        DefaultValueFactory = _ => Default.Mixing,
    };

    private readonly Option<double> _evidenceWeight = new("--evidence-weight")
    {
        Description = "With --fine-tune, --hidden none and a column mask: weight of the loss that wants the evidence of a tumour where its lesion is "
            + "drawn, such as 0.3; 0 for none.",
    };

    private readonly Option<double> _clipGradients = new("--clip-gradients")
    {
        Description = "Shorten a step's gradient to this length where it is longer, such as 1; 0 never does.",
        DefaultValueFactory = _ => Default.ClipGradients,
    };

    private readonly Option<double> _averaging = new("--averaging")
    {
        Description = "Keep a running average of the weights: how much of it stays at each step, such as 0.995.",
        DefaultValueFactory = _ => Default.Averaging,
    };

    /// <summary>Makes the options.</summary>
    /// <param name="patience">The default of <c>--patience</c>.</param>
    public RecipeOptions(int patience)
    {
        _defaultPatience = patience;
        _patience = new Option<int>("--patience")
        {
            Description = "Stop after this many epochs without a better one; 0 never stops early.",
            DefaultValueFactory = _ => patience,
        };
    }

    /// <summary>All of them.</summary>
    public IReadOnlyList<Option> All =>
    [
        _config, _backbone, _size, _kernel, _framing, _float16, _hidden, _dropout, _learningRate, _batchSize, _epochs, _patience, _seed,
        _metric, _classWeights, _unspecified, _schedule, _warmUp, _weightDecay, _labelSmoothing, _mixing, _averaging, _clipGradients, _evidenceWeight,
    ];

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        foreach (var option in All) command.Options.Add(option);
    }

    /// <summary>What was chosen: what was given on the command line, else what the file says, else the defaults.</summary>
    /// <exception cref="GyrusException">The file is no recipe, or there is no such backbone.</exception>
    public TrainingRecipe Read(ParseResult parsed)
    {
        var filed = parsed.GetValue(_config) is { } file ? RecipeFile.Read(file)
            : new TrainingRecipe { Training = Default with { Patience = _defaultPatience } };
        var backbone = Backbone.Named(parsed.GivenOr(_backbone, filed.Backbone)).Name;
        var training = filed.Training;
        return filed with
        {
            Backbone = backbone,
            WeightsHash = backbone == filed.Backbone ? filed.WeightsHash : null,
            Preprocessing = new(
                parsed.GivenOr(_size, filed.Preprocessing.Size),
                parsed.GivenOr(_kernel, filed.Preprocessing.Kernel),
                parsed.GivenOr(_framing, filed.Preprocessing.Framing)),
            Float16 = parsed.GivenOr(_float16, filed.Float16),
            Head = new(
                IsGiven(parsed, _hidden) ? Hidden(parsed.GetValue(_hidden)!) : filed.Head.Hidden,
                parsed.GivenOr(_dropout, filed.Head.Dropout)),
            Training = new TrainingOptions
            {
                LearningRate = parsed.GivenOr(_learningRate, training.LearningRate),
                BatchSize = parsed.GivenOr(_batchSize, training.BatchSize),
                Epochs = parsed.GivenOr(_epochs, training.Epochs),
                Patience = parsed.GivenOr(_patience, training.Patience),
                Seed = parsed.GivenOr(_seed, training.Seed),
                Metric = parsed.GivenOr(_metric, training.Metric),
                ClassWeights = parsed.GivenOr(_classWeights, training.ClassWeights),
                Unspecified = parsed.GivenOr(_unspecified, training.Unspecified),
                Schedule = parsed.GivenOr(_schedule, training.Schedule),
                WarmUp = parsed.GivenOr(_warmUp, training.WarmUp),
                WeightDecay = parsed.GivenOr(_weightDecay, training.WeightDecay),
                LabelSmoothing = parsed.GivenOr(_labelSmoothing, training.LabelSmoothing),
                Mixing = parsed.GivenOr(_mixing, training.Mixing),
                Averaging = parsed.GivenOr(_averaging, training.Averaging),
                ClipGradients = parsed.GivenOr(_clipGradients, training.ClipGradients),
                EvidenceWeight = parsed.GivenOr(_evidenceWeight, training.EvidenceWeight),
            },
        };
    }

    /// <summary>The command that trains the best setting of a grid: what the grid says of it, and every option that was
    /// given.</summary>
    /// <param name="parsed">The command line of the grid.</param>
    /// <param name="dataset">The manifest.</param>
    /// <param name="best">The setting.</param>
    /// <param name="more">Options besides these that training has too.</param>
    public string TrainLine(ParseResult parsed, string dataset, TuningPoint best, params IEnumerable<Option> more)
    {
        var recipe = Read(parsed);
        var hidden = HeadTuning.At(recipe.Head, best).Hidden;
        List<string> words =
        [
            "gyrus", "train", dataset, "--out", "runs/first",
            _learningRate.Name, Text(best.LearningRate), _hidden.Name, string.Join(',', hidden), _dropout.Name, Text(best.Dropout),
        ];
        // Training has another default, and with a file the file's.
        if (!IsGiven(parsed, _patience) && !IsGiven(parsed, _config)) words.AddRange([_patience.Name, Text(recipe.Training.Patience)]);
        foreach (var option in All.Except([_learningRate, _hidden, _dropout]).Concat(more))
        {
            if (parsed.GetResult(option) is { Implicit: false } given) words.AddRange([option.Name, .. given.Tokens.Select(token => token.Value)]);
        }
        return string.Join(' ', words.Select(ShellWord.Of));
    }

    private static bool IsGiven(ParseResult parsed, Option option) => parsed.GetResult(option) is { Implicit: false };

    private static string Text(double value) => value.ToString(CultureInfo.InvariantCulture);

    private static int[] Hidden(string text)
    {
        if (text.Length == 0 || text == "none") return [];
        return [.. text.Split(',').Select(part =>
            int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out int units) ? units
                : throw new GyrusException($"--hidden {text}: give whole numbers separated by commas, such as 256,100."))];
    }
}
