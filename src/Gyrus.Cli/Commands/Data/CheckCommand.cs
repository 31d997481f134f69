using System.CommandLine;
using System.Text.Json;
using Gyrus.Cli.Terminal;
using Gyrus.Data.Labels;
using Gyrus.Data.Manifests;
using Gyrus.Data.Splits;

namespace Gyrus.Cli.Commands.Data;

/// <summary><c>gyrus data check</c>.</summary>
internal static class CheckCommand
{
    public static Command Create()
    {
        var dataset = new Argument<string>("dataset") { Description = "The manifest, with parts or folds." };
        var cache = AuditCacheOption.Create();
        var format = FormatOption.Create();
        var command = new Command(
            "check",
            "Looks for copies on both sides of a manifest's split, however it was made. The exit code is "
            + $"{ExitCode.CheckFailed} where there are any, else {ExitCode.SomeUnreadable} where an image cannot be "
            + "read.")
        {
            dataset, cache, format,
        };
        command.AddExamples("gyrus data check dataset.csv", "gyrus data check dataset.csv --format json");
        command.SetAction((parsed, cancellation) =>
        {
            var path = parsed.GetValue(dataset)!;
            var manifest = Manifest.Load(path);
            if (manifest.Rows.All(row => row.Split == Split.None && row.Fold is null))
            {
                throw new GyrusException(
                    $"{path}: the manifest has neither parts nor folds, so there is nothing to check. Split it first: gyrus "
                    + $"data split {path}");
            }
            using var progress = new ProgressLine();
            // Of all that was there when it was split, so that the same groups are found.
            var copies = ManifestCopies.Find(
                LabelResolution.AsPublished(manifest), parsed.GetValue(cache)!, progress, cancellation);
            progress.Clear();
            var leakage = copies.Leakage(manifest);
            Console.Out.WriteLine(parsed.GetValue(format) == OutputFormat.Json
                ? Json(path, manifest, copies, leakage) : Text(path, manifest, copies, leakage));
            return Task.FromResult(leakage.IsAny ? ExitCode.CheckFailed : copies.ExitCode);
        });
        return command;
    }

    private static string Text(string path, Manifest manifest, ManifestCopies copies, LeakageReport leakage)
    {
        var how = manifest.SplitBy.Length > 0 ? $" (split by {manifest.SplitBy})" : "";
        var unread = copies.Unreadable.Count > 0 ? $"; {copies.Unreadable.Count} images could not be compared" : "";
        return leakage.IsAny
            ? $"{path}{how}: {LeakageText.WarningByLabel(leakage, manifest)}"
            : $"{path}{how}: no copy on both sides, among {manifest.Rows.Count} images{unread}";
    }

    private static string Json(string path, Manifest manifest, ManifestCopies copies, LeakageReport leakage) =>
        JsonSerializer.Serialize(
            new
            {
                manifest = path,
                splitBy = manifest.SplitBy,
                images = manifest.Rows.Count,
                leakage = leakage.Paths,
                leakageByLabel = leakage.Counts,
                testInVal = leakage.TestInVal,
                acrossFolds = leakage.AcrossFolds,
                unreadable = copies.Unreadable.Select(file => file.Path),
            },
            JsonSerializerOptions.Web);
}
