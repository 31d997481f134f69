using System.CommandLine;
using System.Text.Json;
using Gyrus.Cli.Terminal;
using Gyrus.Data.Labels;
using Gyrus.Data.Manifests;
using Gyrus.Data.Splits;

namespace Gyrus.Cli.Commands.Data;

/// <summary><c>gyrus data split</c>.</summary>
internal static class SplitCommand
{
    private const string ByGroup = "group";

    private enum LabelChoice
    {
        AsPublished,
        Resolved,
    }

    public static Command Create()
    {
        var defaults = new SplitOptions();
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
            Description = "Keep the parts that the data set came with. With --val, a set without a validation part gets one: that "
                + "share of its training part, by groups.",
        };
        var labels = new Option<LabelChoice>("--labels")
        {
            Description = "as-published, or resolved: a tumour of an unspecified type gets the type that its own copies "
                + "carry, and copies that contradict one another are dropped.",
            DefaultValueFactory = _ => LabelChoice.AsPublished,
        }.Take([("as-published", LabelChoice.AsPublished), ("resolved", LabelChoice.Resolved)]);
        labels.CompletionSources.Add("as-published", "resolved");
        var seed = new Option<int>("--seed")
        {
            Description = "The same seed gives the same parts.",
            DefaultValueFactory = _ => defaults.Seed,
        };
        var val = Share("--val", "validation", defaults.ValShare);
        var test = Share("--test", "test", defaults.TestShare);
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
            if (result.GetValue(published) && ((Option[])[test, random, folds]).Any(Given))
            {
                result.AddError("--published keeps the given parts: --test, --random and --folds have no place beside it.");
            }
            else if (result.GetValue(published) && !Given(val) && ((Option[])[seed, by]).Any(Given))
            {
                result.AddError("--published keeps the given parts: --seed and --by have no place beside it, unless --val takes a "
                    + "validation part out of the training part.");
            }
            else if (result.GetValue(random) && Given(by))
            {
                result.AddError("--random keeps no group together: --by has no place beside it.");
            }
            else if (Given(folds) && ((Option[])[val, test]).Any(Given))
            {
                result.AddError("--folds tests on each fold in turn: --val and --test have no place beside it.");
            }
        });
        command.AddExamples(
            "gyrus data split dataset.csv",
            "gyrus data split dataset.csv --labels resolved --folds 5 --out folds.csv",
            "gyrus data split dataset.csv --by patient --val 0.1 --test 0.2",
            "gyrus data split dataset.csv --published",
            "gyrus data split dataset.csv --published --val 0.15",
            "gyrus data split dataset.csv --random --seed 7 --out random.csv");
        command.SetAction((parsed, cancellation) =>
        {
            var path = parsed.GetValue(dataset)!;
            var target = parsed.GetValue(output) ?? path;
            var options = new SplitOptions
            {
                Kind = parsed.GetValue(published) ? SplitKind.Published
                    : parsed.GetValue(random) ? SplitKind.Random : SplitKind.Group,
                Column = parsed.GetValue(by) is { } column and not ByGroup ? column : null,
                Folds = parsed.GetValue(folds),
                ResolveLabels = parsed.GetValue(labels) == LabelChoice.Resolved,
                Seed = parsed.GetValue(seed),
                ValShare = parsed.GetValue(val),
                TestShare = parsed.GetValue(test),
                CarvedValShare = parsed.GetValue(published) && parsed.GetResult(val) is { Implicit: false } ? parsed.GetValue(val) : null,
            };
            using var progress = new ProgressLine();
            var manifest = LabelResolution.AsPublished(Manifest.Load(path));
            DatasetSplit.Check(manifest, options);
            var copies = ManifestCopies.Find(manifest, parsed.GetValue(cache)!, progress, cancellation);
            var split = DatasetSplit.Run(manifest, copies.Report, options);
            split.MovedTo(target).Save(target);
            progress.Clear();
            var leakage = copies.Leakage(split);
            if (leakage.IsAny) Console.Error.WriteLine(LeakageText.WarningByLabel(leakage, split));
            var withoutValue = ScanGroups.WithoutValue(split, options.Column);
            if (withoutValue.Count > 0)
            {
                Console.Error.WriteLine(
                    $"Warning: {withoutValue.Count} of {split.Rows.Count} images have no value in the column {options.Column}, so they stay "
                    + $"with their copies alone: what else belongs to the same {options.Column} may be on another side. The first: "
                    + withoutValue[0].Path);
            }
            foreach (var warning in SplitGapText.Warnings(split)) Console.Error.WriteLine(warning);
            Console.Out.WriteLine(parsed.GetValue(format) == OutputFormat.Json
                ? Json(target, split, copies, leakage, withoutValue) : Text(split));
            return Task.FromResult(copies.ExitCode);
        });
        return command;
    }

    private static string Json(
        string target, Manifest split, ManifestCopies copies, LeakageReport leakage, IReadOnlyList<ManifestRow> withoutValue) =>
        JsonSerializer.Serialize(
            new
            {
                manifest = target,
                splitBy = split.SplitBy,
                groups = split.Rows.Select(row => row.Group).Distinct().Count(),
                counts = SplitTable.Counts(split),
                relabelled = split.Rows.Where(row => row.PublishedLabel.Length > 0)
                    .Select(row => new { path = row.Path, from = row.PublishedLabel, to = row.Label, why = row.Note }),
                dropped = split.Dropped.Select(row => new { path = row.Path, label = row.Label, why = row.Note }),
                leakage = leakage.Paths,
                leakageByLabel = leakage.Counts,
                testInVal = leakage.TestInVal,
                acrossFolds = leakage.AcrossFolds,
                missing = SplitGaps.Find(split),
                emptyParts = SplitGaps.EmptyParts(split).Select(part => part.ToString().ToLowerInvariant()),
                withoutValue = withoutValue.Select(row => row.Path),
                unreadable = copies.Unreadable.Select(file => file.Path),
            },
            JsonSerializerOptions.Web);

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

    private static Option<double> Share(string name, string part, double share) => new(name)
    {
        Description = $"Share of the images in the {part} part, 0 to 1.",
        DefaultValueFactory = _ => share,
    };
}
