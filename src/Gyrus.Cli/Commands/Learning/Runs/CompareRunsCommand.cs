using System.CommandLine;
using Gyrus.Cli.Terminal;
using Gyrus.Data.Manifests;
using Gyrus.Evaluation.Figures;
using Gyrus.Evaluation.Reports;
using Gyrus.Evaluation.Statistics;
using Gyrus.Learning.Comparison;

namespace Gyrus.Cli.Commands.Learning.Runs;

/// <summary><c>gyrus runs compare</c>.</summary>
internal static class CompareRunsCommand
{
    public static Command Create()
    {
        var runs = new Argument<string[]>("runs")
        {
            Description = "Folders of runs, two at least; the others are compared with the first.",
            Arity = new ArgumentArity(2, ArgumentArity.OneOrMore.MaximumNumberOfValues),
        };
        var split = new Option<Split>("--split")
        {
            Description = "The part whose evaluations are compared, as gyrus evaluate wrote them: test, val, train, or none for every image.",
            DefaultValueFactory = _ => Split.Test,
        }.TakeNames();
        var groups = new Option<string?>("--groups")
        {
            Description = "A manifest whose groups of scans are drawn together; the one that the first run was trained on unless given.",
            HelpName = "MANIFEST",
        };
        var threshold = new Option<double>("--threshold")
        {
            Description = "Tumour probability from which a scan is called a tumour.",
            DefaultValueFactory = _ => EvaluationOptions.DefaultTumourThreshold,
        };
        var all = new Option<bool>("--all") { Description = "The whole recipes, and not only what differs." };
        var plot = new Option<string?>("--plot") { Description = "Write the learning curves of all runs as SVG into this file.", HelpName = "FILE" };
        var format = FormatOption.Create();
        var command = new Command(
            "compare",
            "Sets runs side by side: how training went, what differs in their recipes, and the figures of their evaluations. Where they answered the "
            + "same images, also the differences to the first run, with 95 % bootstrap intervals drawn in pairs, by group where there are groups.")
        {
            runs, split, groups, threshold, all, plot, format,
        };
        command.AddExamples(
            "gyrus runs compare runs/first runs/second",
            "gyrus runs compare runs/first runs/second runs/third --split val --plot curves.svg",
            "gyrus runs compare runs/first runs/second --all --format json");
        command.SetAction(parsed =>
        {
            var compared = ComparedRun.Open(parsed.GetValue(runs)!);
            var answers = AnswerComparison.Of(
                compared, EvaluationFiles.FolderName(parsed.GetValue(split)), parsed.GetValue(groups), parsed.GetValue(threshold), new BootstrapOptions());
            var comparison = RunComparison.Of(compared, parsed.GetValue(all), answers);
            if (parsed.GetValue(plot) is { } file) AtomicFile.WriteText(file, ComparedCurvesPlot.Render(compared));
            Console.Out.Write(parsed.GetValue(format) == OutputFormat.Json ? ComparisonJson.Write(comparison) : ComparisonTable.Render(comparison));
            return ExitCode.Success;
        });
        return command;
    }
}
