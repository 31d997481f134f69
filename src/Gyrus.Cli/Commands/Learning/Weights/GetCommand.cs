using System.CommandLine;
using Gyrus.Cli.Terminal;
using Gyrus.Learning.Backbones;
using Gyrus.Learning.Weights;

namespace Gyrus.Cli.Commands.Learning.Weights;

/// <summary><c>gyrus weights get</c>.</summary>
internal static class GetCommand
{
    public static Command Create()
    {
        var backbone = new Argument<string>("backbone")
        {
            Description = Backbone.Names + ".",
        };
        var format = FormatOption.Create();
        var command = new Command(
            "get",
            "Downloads Keras's public file of a backbone's ImageNet weights, checks its hash, where Keras publishes one, and keeps it. A "
            + "download that was cut goes on where it was.")
        {
            backbone, format,
        };
        command.AddExamples("gyrus weights get resnet50", "gyrus weights get xception --format json");
        command.SetAction(async (parsed, cancellation) =>
        {
            using var client = new HttpClient();
            using var progress = new ProgressLine();
            var entry = await new WeightStore(UserCache.Folder("weights"))
                .GetAsync(Backbone.Named(parsed.GetValue(backbone)!), client, progress, cancellation);
            progress.Clear();
            Console.Out.WriteLine(WeightsText.Of(entry, parsed.GetValue(format)));
            return ExitCode.Success;
        });
        return command;
    }
}
