using System.CommandLine;
using System.CommandLine.Parsing;
using Gyrus.Cli.Commands.Shared;
using Gyrus.Cli.Terminal;
using Gyrus.Data.Manifests;
using Gyrus.Evaluation.Answers;
using Gyrus.Evaluation.Figures;

namespace Gyrus.Cli.Commands.Evaluation;

/// <summary>The arguments and options of <c>gyrus evaluate</c> that say what is looked at, in any build.</summary>
internal sealed class EvaluateFlags
{
    private readonly Argument<string?> _model = new("model")
    {
        Description = "Folder of a model package or of a run.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Argument<string?> _dataset = new("dataset")
    {
        Description = "Manifest with labels.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<Split> _split = new Option<Split>("--split")
    {
        Description = "The part to evaluate on: test, val, train, or none for every image.",
        DefaultValueFactory = _ => Split.Test,
    }.TakeNames();

    private readonly Option<string?> _folder = new("--out")
    {
        Description = "Folder for evaluation.json, predictions.csv, thresholds.csv and the plots; evaluation-PART in the model's "
            + "folder for a run, none for a package.",
    };

    private readonly Option<string?> _html = new("--html")
    {
        Description = "Folder for index.html, the evaluation as a page: figures, curves, groups, the worst errors and the least sure answers, each "
            + "with its heat map. The page holds pictures of the data.",
        HelpName = "DIR",
    };

    private readonly Option<double> _threshold = new("--threshold")
    {
        Description = "Tumour probability from which a scan is called a tumour.",
        DefaultValueFactory = _ => EvaluationOptions.DefaultTumourThreshold,
    };

    private readonly Option<double> _atSpecificity = new("--at-specificity")
    {
        Description = "The specificity at which the sensitivity is told.",
        DefaultValueFactory = _ => EvaluationOptions.DefaultAt,
    };

    private readonly Option<double> _atSensitivity = new("--at-sensitivity")
    {
        Description = "The sensitivity at which the specificity is told.",
        DefaultValueFactory = _ => EvaluationOptions.DefaultAt,
    };

    private readonly Option<string?> _positive = new("--positive")
    {
        Description = "A label that is to be told from all others with the figures of two kinds, such as malignant where labels know no tumours.",
        HelpName = "LABEL",
    };

    private readonly Option<bool> _allowLeaked = new("--allow-leaked")
    {
        Description = "Exit with 0 even where the model, or a fold's run, was trained on some of the images or on "
            + "copies of them.",
    };

    private readonly Option<bool> _withoutLeaked = new("--without-leaked")
    {
        Description = "Leave out the images that the model was trained on, and the copies of them that the manifest's "
            + "groups tell of.",
    };

    private readonly Option<int> _views = ViewsOption.Create();

    private readonly Option<string[]> _by = new("--by")
    {
        Description = "Also the figures apart for each value of a column, the worst first: modality, mode, format, or one of the "
            + "manifest's own, as source,sequence,plane; source+sequence for each combination. May be given several times.",
        HelpName = "COLUMN",
    };

    private readonly Option<bool> _lesions = new("--lesions")
    {
        Description = "Also how often the heat map is strongest on the lesion, of the scans whose lesion is drawn in the manifest's column mask.",
    };

    private readonly Option<string[]> _map = new("--map")
    {
        Description = "Where the data's labels are not the model's, what each stands for: tumour, healthy, a type that the model knows, or one of "
            + "its labels, as yes=tumour,no=healthy. The model's probabilities are added up, and its own threshold holds.",
        HelpName = "LABEL=MEANING",
    };

    private readonly Option<OutputFormat> _format = FormatOption.Create();

    /// <summary>Adds them to the command.</summary>
    public void AddTo(Command command)
    {
        command.Add(_model);
        command.Add(_dataset);
        Option[] options =
        [
            _split, _folder, _html, _threshold, _atSpecificity, _atSensitivity, _positive, _allowLeaked, _withoutLeaked, _views, _by, _lesions, _map, _format,
        ];
        foreach (var option in options) command.Add(option);
    }

    /// <summary>Tells where a model or a data set is missing.</summary>
    public void CheckModel(CommandResult result, string instead)
    {
        if (result.GetValue(_dataset) is null) result.AddError($"evaluate needs a model and a dataset{instead}.");
    }

    /// <summary>Tells what has no place beside a study of folds, and what it needs.</summary>
    public void CheckFolds(CommandResult result)
    {
        if (result.GetValue(_model) is not null || ((Option[])[_split, _withoutLeaked, _map, _positive, _lesions]).Any(option => Given(result, option)))
        {
            result.AddError("--folds trains its own models and tests on every fold: a model, --split, --map, --positive, --lesions and "
                + "--without-leaked have no place beside it.");
        }
        if (!Given(result, _folder)) result.AddError("--folds needs --out, a folder for the runs.");
    }

    /// <summary>Whether an option stands on the command line.</summary>
    public static bool Given(CommandResult result, Option option) => result.GetResult(option) is { Implicit: false };

    public string Model(ParseResult parsed) => parsed.GetValue(_model)!;

    public string Dataset(ParseResult parsed) => parsed.GetValue(_dataset)!;

    public Split Part(ParseResult parsed) => parsed.GetValue(_split);

    public string? Folder(ParseResult parsed) => parsed.GetValue(_folder);

    public string? Html(ParseResult parsed) => parsed.GetValue(_html);

    public bool AllowLeaked(ParseResult parsed) => parsed.GetValue(_allowLeaked);

    public bool WithoutLeaked(ParseResult parsed) => parsed.GetValue(_withoutLeaked);

    public int Views(ParseResult parsed) => parsed.GetValue(_views);

    public string[] Columns(ParseResult parsed) =>
        [.. parsed.GetValue(_by)!.SelectMany(list => list.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))];

    /// <summary>Whether the threshold that a model was given holds, since none is asked for.</summary>
    public bool OwnThreshold(ParseResult parsed) => !Given(parsed.CommandResult, _threshold);

    public OutputFormat Format(ParseResult parsed) => parsed.GetValue(_format);

    /// <summary>What is to be judged, and how.</summary>
    public EvaluationRequest Request(ParseResult parsed) => new(parsed.GetValue(_dataset)!, Part(parsed), Options(parsed))
    {
        Columns = Columns(parsed),
        Meanings = NamePairs.Read("--map", parsed.GetValue(_map)!),
        Positive = parsed.GetValue(_positive),
        Lesions = parsed.GetValue(_lesions),
        WithoutKnown = WithoutLeaked(parsed),
        OwnThreshold = OwnThreshold(parsed),
    };

    /// <summary>How the figures are made.</summary>
    /// <exception cref="GyrusException">A value is outside its range.</exception>
    public EvaluationOptions Options(ParseResult parsed)
    {
        var options = new EvaluationOptions
        {
            TumourThreshold = parsed.GetValue(_threshold),
            AtSpecificity = parsed.GetValue(_atSpecificity),
            AtSensitivity = parsed.GetValue(_atSensitivity),
        };
        options.Check();
        return options;
    }
}
