using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Gyrus.Cli.Terminal;

/// <summary>Examples at the end of a command's help.</summary>
internal static class Examples
{
    /// <summary>Makes the command's <c>--help</c> end with examples.</summary>
    public static void AddExamples(this Command command, params string[] lines)
    {
        var help = new HelpOption();
        help.Action = new HelpWithExamples((HelpAction)help.Action!, lines);
        command.Options.Add(help);
    }

    private sealed class HelpWithExamples(HelpAction help, string[] lines) : SynchronousCommandLineAction
    {
        public override int Invoke(ParseResult parseResult)
        {
            int code = help.Invoke(parseResult);
            var output = parseResult.InvocationConfiguration.Output;
            output.WriteLine("Examples:");
            foreach (var line in lines) output.WriteLine("  " + line);
            output.WriteLine();
            return code;
        }
    }
}
