using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Gyrus.Cli.Terminal;
using Gyrus.Data;

namespace Gyrus.Cli.Commands.Data;

/// <summary><c>gyrus data split</c>.</summary>
internal static class SplitCommand
{
    private const double DefaultShare = 0.15;
    private const string ByGroup = "group";

    private enum LabelChoice
    {
        AsPublished,
        Resolved,
    }

    public static Command Create()
    {
        var dataset = new Argument<string>("dataset") { Description = "The manifest." };
        var by = new Option<string>("--by")
        {
            Description = "What stays on one side: group, the copies of a scan; or a column of the manifest, such as "
                + "patient, and the copies with it.",
            DefaultValueFactory = _ => ByGroup,
        };
        var folds = new Option<int?>("--folds")
        {
            Description = "Make this many folds for cross-validation instead of parts, 3 or more.",
        };
        var random = new Option<bool>("--random")
        {
            Description = "Keep byte-for-byte copies together and no others, as most published figures do.",
        };
        var published = new Option<bool>("--published")
        {
            Description = "Keep the parts that the data set came with.",
        };
        var labels = new Option<LabelChoice>("--labels")
        {
            Description = "as-published, or resolved: a tumour of an unspecified type gets the type that its own copies "
                + "carry, and copies that contradict one another are dropped.",
            CustomParser = result => result.Tokens[0].Value switch
            {
                "as-published" => LabelChoice.AsPublished,
                "resolved" => LabelChoice.Resolved,
                var other => Refuse(result, $"--labels is '{other}': it must be as-published or resolved."),
            },
            HelpName = "as-published|resolved",
            DefaultValueFactory = _ => LabelChoice.AsPublished,
        };
        labels.CompletionSources.Add("as-published", "resolved");
        var seed = new Option<int>("--seed")
        {
            Description = "The same seed gives the same parts.",
            DefaultValueFactory = _ => 1,
        };
        var val = Share("--val", "validation");
        var test = Share("--test", "test");
        var output = new Option<string?>("--out")
        {
            Description = "The manifest to write; the same one if not given.",
        };
        var cache = AuditCacheOption.Create();
        var format = FormatOption.Create();
        var command = new Command(
            "split",
            "Puts every image into the training, validation or test part, or into a fold, each label in its share. Copies "
            + "of a scan, changed ones too, stay on one side, so that no figure comes from memory.")
        {
            dataset, by, folds, random, published, labels, seed, val, test, output, cache, format,
        };
        command.Validators.Add(result =>
        {
            bool Given(Option option) => result.GetResult(option) is { Implicit: false };
            if (result.GetValue(published) && ((Option[])[seed, val, test, by, random, folds]).Any(Given))
                result.AddError("--published keeps the given parts: --seed, --val, --test, --by, --random and --folds have no place beside it.");
            else if (result.GetValue(random) && Given(by))
                result.AddError("--random keeps no group together: --by has no place beside it.");
            else if (Given(folds) && ((Option[])[val, test]).Any(Given))
                result.AddError("--folds tests on each fold in turn: --val and --test have no place beside it.");
        });
        command.AddExamples(
            "gyrus data split dataset.csv",
            "gyrus data split dataset.csv --labels resolved --folds 5 --out folds.csv",
            "gyrus data split dataset.csv --by patient --val 0.1 --test 0.2",
            "gyrus data split dataset.csv --published",
            "gyrus data split dataset.csv --random --seed 7 --out random.csv");
        command.SetAction((parsed, cancellation) =>
        {
            var path = parsed.GetValue(dataset)!;
            var target = parsed.GetValue(output) ?? path;
            using var progress = new ProgressLine();
            var manifest = LabelResolution.AsPublished(Manifest.Load(path));
            var copies = ManifestCopies.Find(manifest, parsed.GetValue(cache)!, progress, cancellation);
            if (parsed.GetValue(labels) == LabelChoice.Resolved) manifest = LabelResolution.Resolve(manifest, copies.Groups);
            var column = parsed.GetValue(by)!;
            manifest = ScanGroups.Assign(manifest, copies, column == ByGroup ? null : column);

            var kept = parsed.GetValue(random) ? "random" : column;
            int from = parsed.GetValue(seed);
            double valShare = parsed.GetValue(val), testShare = parsed.GetValue(test);
            var shares = string.Create(CultureInfo.InvariantCulture, $"seed {from}, val {valShare}, test {testShare}");
            var split = parsed.GetValue(published) ? DatasetSplit.Published(manifest) with { SplitBy = "published" }
                : parsed.GetValue(folds) is { } count
                    ? (parsed.GetValue(random) ? DatasetSplit.RandomFolds(manifest, count, from) : DatasetSplit.Folds(manifest, count, from))
                        with
                    { SplitBy = $"{kept}, {count} folds, seed {from}" }
                : (parsed.GetValue(random)
                    ? DatasetSplit.Stratified(manifest, from, valShare, testShare)
                    : DatasetSplit.Grouped(manifest, from, valShare, testShare)) with
                { SplitBy = $"{kept}, {shares}" };
            if (parsed.GetValue(labels) == LabelChoice.Resolved)
                split = split with { SplitBy = split.SplitBy + ", labels resolved" };
            split.MovedTo(target).Save(target);
            progress.Clear();
            var leakage = LeakageOf(split, copies);
            if (leakage.IsAny) Console.Error.WriteLine(LeakageText.Warning(leakage, split));
            Console.Out.WriteLine(parsed.GetValue(format) == OutputFormat.Json ? Json(target, split, leakage) : Text(split));
            return Task.FromResult(ExitCode.Success);
        });
        return command;
    }

    /// <summary>The copies on both sides of a manifest's split.</summary>
    internal static LeakageReport LeakageOf(Manifest manifest, CopyReport copies)
    {
        var used = manifest.Rows.Select(row => row.Path).ToHashSet();
        return Leakage.Find(
            [.. manifest.Rows.Select(row => new PlacedImage(row.Path, row.Label, row.Split, row.Fold))],
            [.. copies.Groups.Select(group => group with { Images = [.. group.Images.Where(used.Contains)] })]);
    }

    private static string Json(string target, Manifest split, LeakageReport leakage) => JsonSerializer.Serialize(new
    {
        manifest = target,
        splitBy = split.SplitBy,
        groups = split.Rows.Select(row => row.Group).Distinct().Count(),
        counts = SplitTable.Counts(split),
        relabelled = split.Rows.Where(row => row.PublishedLabel.Length > 0)
            .Select(row => new { path = row.Path, from = row.PublishedLabel, to = row.Label, why = row.Note }),
        dropped = split.Dropped.Select(row => new { path = row.Path, label = row.Label, why = row.Note }),
        leakage = leakage.Paths,
        testInVal = leakage.TestInVal,
        acrossFolds = leakage.AcrossFolds,
    });

    private static string Text(Manifest split)
    {
        var text = SplitTable.Render(split);
        int relabelled = split.Rows.Count(row => row.PublishedLabel.Length > 0);
        if (relabelled + split.Dropped.Count > 0)
        {
            text += $"\nlabels resolved: {relabelled} images got the type that their copies carry, {split.Dropped.Count} that "
                + "contradict their copies were dropped; the column note says why";
        }
        return text;
    }

    private static LabelChoice Refuse(System.CommandLine.Parsing.ArgumentResult result, string why)
    {
        result.AddError(why);
        return LabelChoice.AsPublished;
    }

    private static Option<double> Share(string name, string part) => new(name)
    {
        Description = $"Share of the images in the {part} part, 0 to 1.",
        DefaultValueFactory = _ => DefaultShare,
    };
}
