using System.CommandLine;
using System.Text.Json;
using Gyrus.Cli.Terminal;
using Gyrus.Data.Manifests;
using Gyrus.Data.Selecting;

namespace Gyrus.Cli.Commands.Data;

/// <summary><c>gyrus data select</c>.</summary>
internal static class SelectCommand
{
    public static Command Create()
    {
        var dataset = new Argument<string>("dataset") { Description = "The manifest." };
        var without = new Option<string[]>("--without")
        {
            Description = "Leave out the images that have all of these values, parted by commas: of label, split, published, mode or any further "
                + "column. May be given several times.",
            HelpName = "COLUMN=VALUE",
            Required = true,
        };
        var output = new Option<string>("--out") { Description = "The manifest to write.", Required = true };
        var format = FormatOption.Create();
        var command = new Command(
            "select",
            "Leaves images out. They stay in the manifest, with a note that says why and 'out' in the column dropped; no split takes them back. Clear "
            + "that column to take them back by hand.")
        {
            dataset, without, output, format,
        };
        command.AddExamples(
            "gyrus data select known.csv --without finding=haemorrhage,label=ct_tumor --out clean.csv",
            "gyrus data select all.csv --without source=gbm --without sequence=unknown --out some.csv");
        command.SetAction(parsed =>
        {
            var target = parsed.GetValue(output)!;
            var manifest = Manifest.Load(parsed.GetValue(dataset)!);
            var selected = RowSelection.Without(
                manifest, [.. parsed.GetValue(without)!.Select(values => new RowCondition(NamePairs.Read("--without", [values])))]);
            selected.MovedTo(target).Save(target);
            var leftOut = selected.Dropped.Skip(manifest.Dropped.Count).ToList();
            if (parsed.GetValue(format) == OutputFormat.Json)
            {
                Console.Out.WriteLine(JsonSerializer.Serialize(
                    new
                    {
                        manifest = target,
                        images = selected.Rows.Count,
                        counts = SplitTable.Counts(selected),
                        leftOut = leftOut.Select(row => new { path = row.Path, label = row.Label, why = row.Note }),
                    },
                    JsonSerializerOptions.Web));
                return ExitCode.Success;
            }
            Console.Out.WriteLine(SplitTable.Render(selected));
            foreach (var why in leftOut.CountBy(row => (row.Label, row.Note)))
                Console.Out.WriteLine($"{why.Value} images of {why.Key.Label} {why.Key.Note}");
            Console.Out.WriteLine($"{target}: {selected.Rows.Count} images, {leftOut.Count} left out");
            return ExitCode.Success;
        });
        return command;
    }
}
