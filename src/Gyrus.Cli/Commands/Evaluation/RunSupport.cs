using System.CommandLine;
using System.CommandLine.Parsing;
using Gyrus.Cli.Terminal;
using Gyrus.Data.Manifests;
using Gyrus.Evaluation.Models;
using Gyrus.Imaging.Labels;
using Gyrus.Inference;

namespace Gyrus.Cli.Commands.Evaluation;

/// <summary>What <c>gyrus evaluate</c> can do more in a build that trains: runs, and folds. The build that serves has none of it.</summary>
internal abstract class RunSupport
{
    /// <summary>Adds its options to the command.</summary>
    public abstract void AddTo(Command command);

    /// <summary>Examples for the help.</summary>
    public abstract IReadOnlyList<string> Examples { get; }

    /// <summary>Whether what is given asks for a study of folds.</summary>
    public abstract bool AsksForFolds(CommandResult result);

    /// <summary>Tells what of its options is out of place.</summary>
    public abstract void Check(CommandResult result);

    /// <summary>Trains on folds and evaluates them.</summary>
    public abstract int EvaluateFolds(ParseResult parsed, EvaluateFlags flags, CancellationToken cancellation);

    /// <summary>The labels of a run.</summary>
    public abstract LabelSet Labels(string folder);

    /// <summary>What a run says of images.</summary>
    public abstract ModelAnswers Score(
        string folder, Manifest whole, Manifest part, ParseResult parsed, ProgressLine progress, Action<string> onUnusable, CancellationToken cancellation);

    /// <summary>A run's network as a package that gives heat maps.</summary>
    /// <param name="folder">The run.</param>
    /// <param name="package">The folder that takes the package.</param>
    public abstract ScanClassifier Explainer(string folder, string package);
}
