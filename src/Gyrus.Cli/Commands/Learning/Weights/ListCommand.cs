using System.CommandLine;
using Gyrus.Cli.Terminal;
using Gyrus.Learning.Backbones;
using Gyrus.Learning.Weights;

namespace Gyrus.Cli.Commands.Learning.Weights;

/// <summary><c>gyrus weights list</c>.</summary>
internal static class ListCommand
{
    public static Command Create()
    {
        var format = FormatOption.Create();
        var command = new Command(
            "list", "Lists the pretrained weights on this machine; as JSON one object a line.")
        {
            format,
        };
        command.AddExamples("gyrus weights list", "gyrus weights list --format json");
        command.SetAction(parsed =>
        {
            var chosen = parsed.GetValue(format);
            var entries = new WeightStore(UserCache.Folder("weights")).List();
            foreach (var entry in entries) Console.Out.WriteLine(WeightsText.Of(entry, chosen));
            if (chosen == OutputFormat.Json) return ExitCode.Success;
            foreach (var backbone in Backbone.All.ExceptBy(entries.Select(entry => entry.Backbone), backbone => backbone.Name))
                Console.Out.WriteLine(backbone.Shipped is null ? $"{backbone.Name}: not on this machine; gyrus weights get {backbone.Name}" : $"{backbone.Name}: comes with Gyrus");
            return ExitCode.Success;
        });
        return command;
    }
}
