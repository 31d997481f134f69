using System.CommandLine;
using System.CommandLine.Parsing;
using Gyrus.Evaluation.Answers;

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

    /// <summary>Opens a run.</summary>
    /// <param name="folder">The run.</param>
    /// <param name="parsed">The command line.</param>
    public abstract JudgedModel Open(string folder, ParseResult parsed);
}
