using System.CommandLine;
using System.CommandLine.Parsing;
using Gyrus.Cli.Commands.Evaluation;
using Gyrus.Cli.Commands.Shared;
using Gyrus.Evaluation.Answers;
using Gyrus.Learning.Runs;
using Gyrus.Learning.Training;
using Gyrus.Learning.Weights;

namespace Gyrus.Cli.Commands.Learning;

/// <summary><c>gyrus evaluate</c> of runs and of folds.</summary>
internal sealed class RunEvaluation : RunSupport
{
    private readonly Option<string?> _folds = new("--folds")
    {
        Description = "A manifest with folds: trains on them and evaluates what each run says of the fold that it has "
            + "not seen; where folds are sources, figures within and across sources and the difference. Needs --out, goes on after a kill, and takes the options of gyrus train.",
        HelpName = "MANIFEST",
    };

    private readonly Option<string> _cache = CacheOption.Create();
    private readonly TrustFlags _trust = new();
    private readonly RecipeOptions _recipe = new(new TrainingOptions().Patience);
    private readonly FineTuneFlags _fineTune = new();

    public override IReadOnlyList<string> Examples =>
    [
        "gyrus evaluate runs/first dataset.csv",
        "gyrus evaluate runs/first dataset.csv --without-leaked",
        "gyrus evaluate runs/first dataset.csv --by source,sequence,plane",
        "gyrus evaluate --folds folds.csv --out runs/folds --dropout 0.5 --patience 5",
    ];

    public override void AddTo(Command command)
    {
        command.Add(_folds);
        command.Add(_cache);
        _trust.AddTo(command);
        _recipe.AddTo(command);
        _fineTune.AddTo(command);
    }

    public override bool AsksForFolds(CommandResult result) => EvaluateFlags.Given(result, _folds);

    public override void Check(CommandResult result)
    {
        if (AsksForFolds(result)) return;
        if (_recipe.All.Concat(_fineTune.All).FirstOrDefault(option => EvaluateFlags.Given(result, option)) is { } given)
            result.AddError($"{given.Name} says how to train, which only --folds does.");
    }

    public override int EvaluateFolds(ParseResult parsed, EvaluateFlags flags, CancellationToken cancellation) => FoldEvaluation.Run(
        parsed.GetValue(_folds)!, flags, parsed.GetValue(_cache)!, _recipe, _fineTune, _trust.Read(parsed), parsed, cancellation);

    public override JudgedModel Open(string folder, ParseResult parsed) => new JudgedRun(
        TrainedRun.Open(folder, new WeightStore(UserCache.Folder("weights"))), _trust.Read(parsed), parsed.GetValue(_cache)!);
}
