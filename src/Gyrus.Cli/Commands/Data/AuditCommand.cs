using System.CommandLine;
using Gyrus.Cli.Terminal;
using Gyrus.Data.Audit;
using Gyrus.Data.AuditPages;

namespace Gyrus.Cli.Commands.Data;

/// <summary><c>gyrus data audit</c>.</summary>
internal static class AuditCommand
{
    public static Command Create()
    {
        var source = new Argument<string>("source")
        {
            Description = "A folder, a zip, a manifest, or a CSV file with the columns path,label,split.",
        };
        var output = new Option<string>("--out")
        {
            Description = "The folder to write audit.json and index.html to.",
            Required = true,
        };
        var failOn = FailOn();
        var images = new Option<string?>("--images")
        {
            Description = "Where a zip is unpacked; the folder images in that of --out, if not given.",
        };
        var against = new Option<string?>("--against")
        {
            Description = "Another data set, a folder, a zip or a CSV file: copies across both are looked for whose labels contradict.",
            HelpName = "source",
        };
        var cache = AuditCacheOption.Create();
        var format = FormatOption.Create();
        var command = new Command(
            "audit",
            "Finds what makes figures from a data set wrong: copies, leakage between the parts, scans under two "
            + "labels, burned-in text, shortcuts, sequences and planes that tell the label, protected information. Writes a page for people and audit.json for programs; "
            + "the page holds pictures of the set, so pass it on only where the set may go. Exit code "
            + $"{ExitCode.CheckFailed} where --fail-on finds something, else {ExitCode.SomeUnreadable} where a file "
            + "cannot be read.")
        {
            source, output, failOn, against, images, cache, format,
        };
        command.AddExamples(
            "gyrus data audit scans/ --out audit",
            "gyrus data audit archive.zip --out audit --images scans",
            "gyrus data audit dataset.csv --out audit --fail-on leakage,conflicts",
            "gyrus data audit dataset.csv --against other/index.csv --out audit");
        command.SetAction((parsed, cancellation) =>
        {
            var folder = parsed.GetValue(output)!;
            using var progress = new ProgressLine();
            var report = DatasetAudit.Run(
                parsed.GetValue(source)!,
                new AuditOptions(parsed.GetValue(cache)!, parsed.GetValue(images) ?? Path.Combine(folder, "images"))
                {
                    Against = parsed.GetValue(against),
                },
                progress,
                cancellation);
            AuditFiles.Write(report, folder);
            progress.Clear();
            Console.Out.WriteLine(parsed.GetValue(format) == OutputFormat.Json
                ? AuditFiles.ToJson(report) : AuditTable.Render(report, folder));
            return Task.FromResult(Code(report, parsed.GetValue(failOn) ?? []));
        });
        return command;
    }

    private static int Code(AuditReport report, string[] failOn)
    {
        var failed = failOn.Where(finding => report.Line(finding).Verdict is Verdict.Warn or Verdict.Fail).ToList();
        if (failed.Count > 0)
        {
            Console.Error.WriteLine($"--fail-on: found {string.Join(", ", failed)}");
            return ExitCode.CheckFailed;
        }
        return report.Unreadable.Count > 0 ? ExitCode.SomeUnreadable : ExitCode.Success;
    }

    private static Option<string[]> FailOn()
    {
        var option = new Option<string[]>("--fail-on")
        {
            Description = $"Fail when one of these is found, with commas between: {string.Join(", ", Findings.All)}.",
            HelpName = "findings",
            CustomParser = result =>
            {
                var names = result.Tokens.SelectMany(token => token.Value.Split(',')).ToArray();
                if (names.FirstOrDefault(name => !Findings.All.Contains(name)) is { } unknown)
                {
                    result.AddError(
                        $"--fail-on is '{unknown}': it must be of {string.Join(", ", Findings.All)}, with commas "
                        + "between.");
                }
                return names;
            },
        };
        option.CompletionSources.Add([.. Findings.All]);
        return option;
    }
}
