using System.CommandLine;
using System.CommandLine.Invocation;
using System.Reflection;
using Gyrus.Cli.Commands.Classify;
using Gyrus.Cli.Commands.Cluster;
using Gyrus.Cli.Commands.Data;
using Gyrus.Cli.Commands.Evaluation;
using Gyrus.Cli.Commands.Keys;
using Gyrus.Cli.Terminal;

namespace Gyrus.Cli.Commands;

/// <summary>The command line as a whole.</summary>
internal static partial class GyrusCommand
{
    /// <summary>Makes the command line.</summary>
    /// <param name="arguments">What was given. Where it begins with a command, that one alone is made: all of them together take as long as .NET takes to start.</param>
    public static RootCommand Create(params IReadOnlyList<string> arguments)
    {
        RunSupport? runs = null;
        SupportRuns(ref runs);
        List<(string Name, Func<Command> Create)> commands =
        [
            ("data", () => new Command("data", "Gets, converts, imports, annotates, merges, audits, splits, checks and scrubs data sets, and takes out of DICOM who it is of.")
            {
                FetchCommand.Create(), ConvertCommand.Create(), ImportCommand.Create(), AnnotateCommand.Create(), SelectCommand.Create(), MergeCommand.Create(),
                AuditCommand.Create(), SplitCommand.Create(), CheckCommand.Create(), ScrubCommand.Create(), DeidentifyCommand.Create(),
            }),
        ];
        AddLearning(commands);
        commands.AddRange(
        [
            ("evaluate", () => EvaluateCommand.Create(runs)),
            ("classify", ClassifyCommand.Create),
            (ServeCommand.Name, ServeCommand.Create),
            (NodeCommand.Name, NodeCommand.Create),
            ("cluster", () => new Command("cluster", "Shows the machines of a cluster, and makes the secret by which they know each other.") { ClusterStatusCommand.Create(), ClusterSecretCommand.Create() }),
            ("job", () =>
            {
                List<Command> training = [];
                AddTrainingJobs(training);
                return JobCommands.Create(training);
            }),
            ("health", HealthCommand.Create),
            ("keys", () => new Command("keys", "Makes, lists and takes back the keys of the service's callers.")
            {
                AddKeyCommand.Create(), ListKeysCommand.Create(), RevokeKeyCommand.Create(),
            }),
        ]);
        var root = new RootCommand(
            "Brain-tumour detection from CT and MRI images, from a data set to a model that can be believed. Research "
            + "software, not a medical device.\n\n"
            + $"Exit codes: {ExitCode.Success} all went well; {ExitCode.Defect} a defect of gyrus; {ExitCode.UserError} "
            + $"the command line or an input is wrong; {ExitCode.SomeUnreadable} done, but some files could not be read; "
            + $"{ExitCode.CheckFailed} a check failed, such as an evaluation on training images; {ExitCode.Interrupted} "
            + "stopped by the user.");
        int given = arguments is [var first, ..] ? commands.FindIndex(command => command.Name == first) : -1;
        foreach (var (_, create) in given < 0 ? commands : [commands[given]]) root.Add(create());
        GivenValues.Check(root);
        root.Options.OfType<VersionOption>().Single().Action = new PrintVersion();
        return root;
    }

    /// <summary>The command that mends an error, as a sentence to follow its message; empty where there is none to name.</summary>
    public static string NextStep(GyrusException error)
    {
        var step = "";
        AddNextStep(error, ref step);
        return step;
    }

    static partial void AddLearning(List<(string Name, Func<Command> Create)> commands);

    static partial void AddTrainingJobs(List<Command> commands);

    static partial void SupportRuns(ref RunSupport? runs);

    static partial void AddNextStep(GyrusException error, ref string step);

    private static string Version() =>
        typeof(GyrusCommand).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    private sealed class PrintVersion : SynchronousCommandLineAction
    {
        public override int Invoke(ParseResult parseResult)
        {
            parseResult.InvocationConfiguration.Output.WriteLine(
                $"gyrus {Version()}, model {DefaultModel.Describe()}");
            return ExitCode.Success;
        }
    }
}
