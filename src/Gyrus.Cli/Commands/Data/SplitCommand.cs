using System.CommandLine;
using System.Text.Json;
using Gyrus.Cli.Terminal;
using Gyrus.Data;

namespace Gyrus.Cli.Commands.Data;

/// <summary><c>gyrus data split</c>.</summary>
internal static class SplitCommand
{
    private const double DefaultShare = 0.15;

    public static Command Create()
    {
        var dataset = new Argument<string>("dataset") { Description = "The manifest." };
        var seed = new Option<int>("--seed")
        {
            Description = "The same seed gives the same parts.",
            DefaultValueFactory = _ => 1,
        };
        var val = Share("--val", "validation");
        var test = Share("--test", "test");
        var published = new Option<bool>("--published")
        {
            Description = "Keep the parts that the data set came with.",
        };
        var output = new Option<string?>("--out")
        {
            Description = "The manifest to write; the same one if not given.",
        };
        var format = FormatOption.Create();
        var command = new Command(
            "split",
            "Puts every image into the training, validation or test part, each label in its share. Byte-for-byte copies "
            + "stay on one side; near copies do not, so figures on a random split flatter.")
        {
            dataset, seed, val, test, published, output, format,
        };
        command.AddExamples(
            "gyrus data split dataset.csv --published",
            "gyrus data split dataset.csv --seed 7 --val 0.1 --test 0.2 --out random.csv");
        command.SetAction(parsed =>
        {
            var path = parsed.GetValue(dataset)!;
            var target = parsed.GetValue(output) ?? path;
            var manifest = Manifest.Load(path);
            var split = parsed.GetValue(published)
                ? DatasetSplit.Published(manifest)
                : DatasetSplit.Stratified(manifest, parsed.GetValue(seed), parsed.GetValue(val), parsed.GetValue(test));
            split.MovedTo(target).Save(target);
            Console.Out.WriteLine(parsed.GetValue(format) == OutputFormat.Json
                ? JsonSerializer.Serialize(new { manifest = target, counts = SplitTable.Counts(split) })
                : SplitTable.Render(split));
            return ExitCode.Success;
        });
        return command;
    }

    private static Option<double> Share(string name, string part) => new(name)
    {
        Description = $"Share of the images in the {part} part, 0 to 1.",
        DefaultValueFactory = _ => DefaultShare,
    };
}
