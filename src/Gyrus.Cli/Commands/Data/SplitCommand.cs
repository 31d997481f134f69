using System.CommandLine;
using System.Text.Json;
using Gyrus.Cli.Terminal;
using Gyrus.Data.Labels;
using Gyrus.Data.Manifests;
using Gyrus.Data.Sources;
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
            Description = "What stays on one side: group, the copies of a scan; or columns of the manifest, parted by commas, such as "
                + "patient, and the copies with them. Whatever any of them links stays together; patients are those of their source.",
            DefaultValueFactory = _ => ByGroup,
        };
        var folds = FoldsOption.Create();
        var heldOut = new Option<string[]>("--hold-out")
        {
            Description = "Make the test part of all images with these values, such as source=lgg, and of what is in their groups, which is told; "
                + "--val then is a share of the rest. May be given several times.",
            HelpName = "COLUMN=VALUE",
        };
        var together = new Option<string[]>("--together")
        {
            Description = "With --folds source: sources that are one fold, since they hold the same people, such as lgg+fets-t2. May be given "
                + "several times.",
            HelpName = "SOURCE+SOURCE",
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
            "Puts every image into the training, validation or test part, or into a fold, each label of each source in its share. Copies "
            + "of a scan, changed ones too, stay on one side, so that no figure comes from memory.")
        {
            dataset, by, folds, heldOut, together, random, published, labels, seed, val, test, output, cache, format,
        };
        command.Validators.Add(result =>
        {
            bool Given(Option option) => result.GetResult(option) is { Implicit: false };
            bool bySource = FoldsOption.IsBySource(result.GetResult(folds));
            if (result.GetValue(published) && ((Option[])[test, random, folds, heldOut]).Any(Given))
            {
                result.AddError("--published keeps the given parts: --test, --random, --folds and --hold-out have no place beside it.");
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
            else if (Given(heldOut) && ((Option[])[random, folds, test]).Any(Given))
            {
                result.AddError("--hold-out says what is tested on: --random, --folds and --test have no place beside it.");
            }
            else if (Given(together) && !bySource)
            {
                result.AddError("--together is for --folds source, which is not given.");
            }
            else if (bySource && (Given(random) || Given(seed)))
            {
                result.AddError("--folds source draws nothing: --random and --seed have no place beside it.");
            }
        });
        command.AddExamples(
            "gyrus data split dataset.csv",
            "gyrus data split dataset.csv --labels resolved --folds 5 --out folds.csv",
            "gyrus data split dataset.csv --by patient --val 0.1 --test 0.2",
            "gyrus data split all.csv --by patient --folds source --together lgg+fets-t2 --out folds.csv",
            "gyrus data split all.csv --by patient --hold-out source=lgg --out unseen.csv",
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
                Columns = [.. parsed.GetValue(by)!.Split(',').Where(column => column != ByGroup).Distinct()],
                Folds = parsed.GetValue(folds)?.Number,
                SourceFolds = parsed.GetValue(folds)?.BySource == true,
                Together = [.. parsed.GetValue(together)!.Select(names => names.Split('+'))],
                HeldOut = [.. parsed.GetValue(heldOut)!.Select(values => new RowCondition(NamePairs.Read("--hold-out", [values])))],
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
            var found = SplitFindings.Of(split, options);
            foreach (var warning in SplitFindingsText.Warnings(found, split, options)) Console.Error.WriteLine(warning);
            Console.Out.WriteLine(parsed.GetValue(format) == OutputFormat.Json
                ? Json(target, split, copies, leakage, found) : Text(split, found, options));
            return Task.FromResult(copies.ExitCode);
        });
        return command;
    }

    private static string Json(
        string target, Manifest split, ManifestCopies copies, LeakageReport leakage, SplitFindings found) =>
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
                withoutValue = found.WithoutValue.Select(row => row.Path),
                drawnAlong = found.DrawnAlong.Select(row => row.Path),
                foldSources = found.FoldSources,
                sources = SourceTableText.Json(found.Sources),
                unreadable = copies.Unreadable.Select(file => file.Path),
            },
            JsonSerializerOptions.Web);

    private static string Text(Manifest split, SplitFindings found, SplitOptions options)
    {
        var text = SplitTable.Render(split);
        int relabelled = split.Rows.Count(row => row.PublishedLabel.Length > 0), dropped = split.Dropped.Count(row => !row.LeftOut);
        if (relabelled + dropped > 0)
        {
            text += $"\nlabels resolved: {relabelled} images got the type that their copies carry, {dropped} that "
                + "contradict their copies were dropped; the column note says why";
        }
        if (split.Dropped.Count > dropped) text += $"\n{split.Dropped.Count - dropped} images were left out before and stay so";
        return text + SplitFindingsText.Render(found, options);
    }

    private static Option<double> Share(string name, string part, double share) => new(name)
    {
        Description = $"Share of the images in the {part} part, 0 to 1.",
        DefaultValueFactory = _ => share,
    };
}
