using System.CommandLine;
using System.Text.Json;
using Gyrus.Cli.Terminal;
using Gyrus.Data.Manifests;
using Gyrus.Data.Merging;
using Gyrus.Data.Sources;

namespace Gyrus.Cli.Commands.Data;

/// <summary><c>gyrus data merge</c>.</summary>
internal static class MergeCommand
{
    private enum Contradictions
    {
        Drop,
        Keep,
    }

    public static Command Create()
    {
        var datasets = new Argument<string[]>("datasets")
        {
            Description = "The manifests, two or more.",
            Arity = ArgumentArity.OneOrMore,
        };
        var output = new Option<string>("--out") { Description = "The manifest to write.", Required = true };
        var map = new Option<string[]>("--map")
        {
            Description = "New names of labels, such as \"haemorrhage=ct_haemorrhage,no tumor=mri_healthy\"; several may get one name.",
            HelpName = "OLD=NEW",
        };
        var sources = new Option<string[]>("--source")
        {
            Description = "The source of a manifest's images that name none, by the manifest's name or path; its name if not given.",
            HelpName = "MANIFEST=SOURCE",
        };
        var contradictions = new Option<Contradictions>("--contradictions")
        {
            Description = "Copies of one scan that have labels of several sources that contradict each other: drop, which leaves all of them out, or keep.",
            DefaultValueFactory = _ => Contradictions.Drop,
        }.TakeNames();
        var cache = AuditCacheOption.Create();
        var format = FormatOption.Create();
        var command = new Command(
            "merge",
            "Joins manifests: each image says its source, further columns are kept, a label's name must mean the same in all. A file that several sources "
            + "have is used once. Looks for copies across the sources, changed ones too, and tells those whose labels contradict each other: what one "
            + "source calls a tumour and another does not is a label that is wrong in one of them. Parts, folds and groups are emptied: split what was "
            + $"merged. Exit code {ExitCode.SomeUnreadable} where an image could not be compared.")
        {
            datasets, output, map, sources, contradictions, cache, format,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(datasets) is [_]) result.AddError("One manifest is no merge: give two or more.");
        });
        command.AddExamples(
            "gyrus data merge lgg.csv published.csv --out all.csv",
            "gyrus data merge a.csv b.csv --map haemorrhage=ct_haemorrhage --source a=hospital-a --out all.csv",
            "gyrus data merge a.csv b.csv --contradictions keep --out all.csv --format json");
        command.SetAction((parsed, cancellation) =>
        {
            var target = parsed.GetValue(output)!;
            using var progress = new ProgressLine();
            var result = DatasetMerge.Run(
                [.. parsed.GetValue(datasets)!.Select(path => new MergeInput(path, Manifest.Load(path)))],
                target,
                new MergeOptions
                {
                    Renamed = NamePairs.Read("--map", parsed.GetValue(map)!),
                    Sources = NamePairs.Read("--source", parsed.GetValue(sources)!),
                    KeepContradictions = parsed.GetValue(contradictions) == Contradictions.Keep,
                },
                parsed.GetValue(cache)!, progress, cancellation);
            result.Manifest.Save(target);
            progress.Clear();
            MergeText.Warn(result);
            Console.Out.WriteLine(parsed.GetValue(format) == OutputFormat.Json ? Json(target, result) : MergeText.Render(target, result));
            return Task.FromResult(result.Unreadable.Count > 0 ? ExitCode.SomeUnreadable : ExitCode.Success);
        });
        return command;
    }

    private static string Json(string target, MergeResult result) => JsonSerializer.Serialize(
        new
        {
            manifest = target,
            images = result.Manifest.Rows.Count,
            columns = result.Manifest.MoreColumns,
            named = result.Named,
            sources = SourceTableText.Json(SourceTable.Of(result.Manifest)),
            sameFiles = result.SameFiles,
            copies = result.Copies.Select(group => new { group = group.Id, images = group.Images }),
            contradictions = result.Contradictions,
            dropped = result.Manifest.Dropped.Select(row => new { path = row.Path, label = row.Label, why = row.Note }),
            unreadable = result.Unreadable.Select(file => file.Path),
        },
        JsonSerializerOptions.Web);
}
