using System.CommandLine;
using Gyrus.Cli.Commands.Evaluation;
using Gyrus.Cli.Commands.Learning;
using Gyrus.Cli.Commands.Learning.Jobs;
using Gyrus.Cli.Commands.Learning.Runs;
using Gyrus.Cli.Commands.Learning.Weights;
using Gyrus.Learning.Weights;

namespace Gyrus.Cli.Commands;

/// <summary>The commands that need libtorch. A build with <c>-p:Learning=false</c> leaves this file and their folder out.</summary>
internal static partial class GyrusCommand
{
    static partial void AddLearning(List<(string Name, Func<Command> Create)> commands) => commands.AddRange(
    [
        ("weights", () => new Command("weights", "Gets and lists the pretrained weights of the backbones.")
        {
            GetCommand.Create(), AddCommand.Create(), ListCommand.Create(),
        }),
        ("train", TrainCommand.Create),
        ("tune", TuneCommand.Create),
        ("runs", () => new Command("runs", "Lists runs of training and sets them side by side.") { CompareRunsCommand.Create(), ListRunsCommand.Create() }),
        ("export", ExportCommand.Create),
        ("import-model", ImportModelCommand.Create),
    ]);

    static partial void AddTrainingJobs(List<Command> commands) => commands.AddRange([JobFeaturesCommand.Create(), JobFoldsCommand.Create(), JobTuneCommand.Create()]);

    static partial void SupportRuns(ref RunSupport? runs) => runs = new RunEvaluation();

    static partial void AddNextStep(GyrusException error, ref string step)
    {
        if (error is MissingWeightsException missing) step = $" See gyrus weights get {missing.Backbone}, and gyrus weights add.";
    }
}
