using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Gyrus.Cli.Terminal;

/// <summary>Examples at the end of a command's help.</summary>
internal static class Examples
{
    /// <summary>Makes the command's <c>--help</c> end with an <c>Examples:</c> section.</summary>
    /// <param name="command">A command that has no help option of its own yet.</param>
    /// <param name="lines">Whole command lines, each as a person would type it.</param>
    public static void AddExamples(this Command command, params string[] lines) =>
        command.Options.Add(new HelpOption { Action = new HelpWithExamples(lines) });

    private sealed class HelpWithExamples(string[] lines) : SynchronousCommandLineAction
    {
        private readonly HelpAction _help = new();

        public override bool ClearsParseErrors => _help.ClearsParseErrors;

        public override int Invoke(ParseResult parseResult)
        {
            int code = _help.Invoke(parseResult);
            var output = parseResult.InvocationConfiguration.Output;
            output.WriteLine("Examples:");
            foreach (var line in lines) output.WriteLine("  " + line);
            output.WriteLine();
            return code;
        }
    }
}
