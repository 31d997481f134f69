using System.CommandLine;
using System.Text.Json.Nodes;
using Gyrus.Cli.Commands.Learning;
using Gyrus.Imaging.Tensors;
using Gyrus.Learning.Heads;
using Gyrus.Learning.Runs;
using Gyrus.Learning.Training;
using Gyrus.Testing;
using Xunit;

namespace Gyrus.Cli.Tests.Commands;

/// <summary>A recipe as a file, with options beside it.</summary>
public sealed class RecipeOptionsTests : IDisposable
{
    private const string Hash = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    // Nowhere a default, so that an option that was not given and wins all the same is seen.
    private static readonly TrainingRecipe Filed = new()
    {
        Backbone = "xception",
        WeightsHash = Hash,
        Preprocessing = new InputChoice(96, ResampleKernel.Nearest, Framing.Head),
        Float16 = true,
        Head = new HeadOptions([5], 0.4),
        Training = new TrainingOptions
        {
            LearningRate = 0.02,
            BatchSize = 3,
            Epochs = 4,
            Patience = 2,
            Seed = 9,
            Metric = SelectionMetric.Loss,
            ClassWeights = ClassWeights.Balanced,
            Unspecified = Unspecified.AsPublished,
            Schedule = Schedule.Cosine,
            WarmUp = 0.2,
            WeightDecay = 0.01,
            LabelSmoothing = 0.05,
            Mixing = 0.3,
            Averaging = 0.9,
            ClipGradients = 2,
            EvidenceWeight = 0.2,
        },
        FineTune = new FineTuneOptions
        {
            FromLayer = "block14",
            BackboneRate = 0.3,
            FirstLayerRate = 0.2,
            StartSize = 48,
            FullSizeEpochs = 1,
            BFloat16 = true,
            SourceBalance = 0.4,
            LesionPasting = 0.1,
            DrawnLesions = 0.2,
            Augmentation = AugmentationOptions.None with { Noise = 1, Curves = 0.2, Convolutions = 0.3, BiasField = 0.4 },
        },
        Start = new StartChoice("/runs/small", Hash),
        Distil = new TeacherChoice("/models/large", Hash, 0.4, 3),
        Device = "cuda:1",
    };

    private static readonly (string Option, string Value, string[] Members)[] Changes =
    [
        ("--backbone", "resnet50", ["backbone", "weightsHash"]),
        ("--size", "64", ["preprocessing.size"]),
        ("--kernel", "bilinear", ["preprocessing.kernel"]),
        ("--framing", "whole", ["preprocessing.framing"]),
        ("--float16", "false", ["float16"]),
        ("--hidden", "7", ["head.hidden.0"]),
        ("--dropout", "0.1", ["head.dropout"]),
        ("--learning-rate", "0.5", ["training.learningRate"]),
        ("--batch-size", "8", ["training.batchSize"]),
        ("--epochs", "30", ["training.epochs"]),
        ("--patience", "0", ["training.patience"]),
        ("--seed", "1", ["training.seed"]),
        ("--metric", "accuracy", ["training.metric"]),
        ("--class-weights", "none", ["training.classWeights"]),
        ("--unspecified", "partial", ["training.unspecified"]),
        ("--schedule", "constant", ["training.schedule"]),
        ("--warm-up", "0.1", ["training.warmUp"]),
        ("--weight-decay", "0", ["training.weightDecay"]),
        ("--label-smoothing", "0", ["training.labelSmoothing"]),
        ("--mixing", "0", ["training.mixing"]),
        ("--averaging", "0", ["training.averaging"]),
        ("--clip-gradients", "0", ["training.clipGradients"]),
        ("--evidence-weight", "0", ["training.evidenceWeight"]),
        ("--fine-tune", "false", ["fineTune", "start", "distil"]),
        ("--from", "/runs/other", ["start.run", "start.weightsHash"]),
        ("--distil", "/models/other", ["distil.model", "distil.networkHash"]),
        ("--distil-share", "0.9", ["distil.share"]),
        ("--distil-temperature", "2", ["distil.temperature"]),
        ("--from-layer", "block13", ["fineTune.fromLayer"]),
        ("--from-scratch", "true", ["fineTune.fromScratch"]),
        ("--backbone-rate", "0.1", ["fineTune.backboneRate"]),
        ("--first-layer-rate", "0.1", ["fineTune.firstLayerRate"]),
        ("--start-size", "0", ["fineTune.startSize"]),
        ("--full-size-epochs", "3", ["fineTune.fullSizeEpochs"]),
        ("--bfloat16", "false", ["fineTune.bFloat16"]),
        ("--curves", "0", ["fineTune.augmentation.curves"]),
        ("--convolutions", "0", ["fineTune.augmentation.convolutions"]),
        ("--bias-field", "0", ["fineTune.augmentation.biasField"]),
        ("--lesion-pasting", "0", ["fineTune.lesionPasting"]),
        ("--drawn-lesions", "0", ["fineTune.drawnLesions"]),
        ("--source-balance", "0", ["fineTune.sourceBalance"]),
        ("--device", "cpu", ["device"]),
        ("--rotation", "180", ["fineTune.augmentation.rotationDegrees"]),
        ("--shift", "0.06", ["fineTune.augmentation.shift"]),
        ("--shear", "5", ["fineTune.augmentation.shearDegrees"]),
        ("--zoom", "0.15", ["fineTune.augmentation.zoom"]),
        ("--no-flip", "false", ["fineTune.augmentation.flip"]),
        ("--intensity", "0.25", ["fineTune.augmentation.intensity"]),
        ("--noise", "6", ["fineTune.augmentation.noise"]),
        ("--blur", "0.006", ["fineTune.augmentation.blur"]),
        ("--cut-out", "0.3", ["fineTune.augmentation.cutOut"]),
    ];

    private readonly TempFolder _folder = new();
    private readonly RecipeOptions _recipe = new(patience: 5);
    private readonly FineTuneFlags _fineTune = new();

    public static TheoryData<string> Options => new(Changes.Select(change => change.Option));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_option_and_every_member_of_a_recipe_have_each_other()
    {
        var changed = Changes.SelectMany(change => change.Members);

        Assert.Equal(
            _recipe.All.Concat(_fineTune.All).Select(option => option.Name).Where(name => name != "--config").Order(),
            Changes.Select(change => change.Option).Order());
        Assert.Empty(Members(Filed).Keys.Except(changed).Except(["formatVersion"]));
    }

    [Theory]
    [MemberData(nameof(Options))]
    public void An_option_beside_a_recipe_changes_its_own_member_alone(string option)
    {
        var (_, value, members) = Changes.Single(change => change.Option == option);

        var read = Members(Read("--config", Write(), option, value));

        var filed = Members(Filed);
        string[] other = [.. filed.Keys.Union(read.Keys).Where(name => filed.GetValueOrDefault(name) != read.GetValueOrDefault(name))];
        Assert.NotEmpty(other);
        Assert.All(other, name => Assert.Contains(members, member => name == member || name.StartsWith(member + ".", StringComparison.Ordinal)));
        Assert.All(members, member => Assert.Contains(other, name => name == member || name.StartsWith(member + ".", StringComparison.Ordinal)));
    }

    [Fact]
    public void Without_a_recipe_the_defaults_are_those_that_the_help_tells()
    {
        var defaults = Read();
        var written = Read([.. _recipe.All.Where(option => option.HasDefaultValue && option.Name != "--config")
            .SelectMany(option => (string[])[option.Name, Default(option)])]);

        Assert.Equal(5, defaults.Training.Patience);
        Assert.Null(defaults.FineTune);
        Assert.Equal(Members(defaults), Members(written));
    }

    [Fact]
    public void A_recipe_alone_is_read_as_it_is() => Assert.Equal(Members(Filed), Members(Read("--config", Write())));

    private string Write()
    {
        RecipeFile.Write(_folder.File("recipe.json"), Filed);
        return _folder.File("recipe.json");
    }

    private TrainingRecipe Read(params string[] arguments)
    {
        var parsed = Command().Parse(arguments);
        Assert.Empty(parsed.Errors);
        return _fineTune.Over(parsed, _recipe.Read(parsed));
    }

    private Command Command()
    {
        var command = new Command("train");
        _recipe.AddTo(command);
        _fineTune.AddTo(command);
        return command;
    }

    private static string Default(Option option) => option.GetDefaultValue() switch
    {
        Enum value => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(value.ToString()),
        var value => Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture)!,
    };

    private Dictionary<string, string> Members(TrainingRecipe recipe)
    {
        RecipeFile.Write(_folder.File("members.json"), recipe);
        return Members(JsonNode.Parse(File.ReadAllText(_folder.File("members.json"))), "").ToDictionary();
    }

    private static IEnumerable<KeyValuePair<string, string>> Members(JsonNode? node, string at) => node switch
    {
        JsonObject members => members.SelectMany(member => Members(member.Value, at.Length == 0 ? member.Key : $"{at}.{member.Key}")),
        JsonArray list => list.SelectMany((value, i) => Members(value, $"{at}.{i}")),
        _ => [new(at, node?.ToJsonString() ?? "null")],
    };
}
