using System.CommandLine;
using Gyrus.Cli;

var root = new RootCommand("Brain-tumour detection from CT and MRI images. Research software, not a medical device.");
root.Subcommands.Add(Gyrus.Cli.Commands.ClassifyCommand.Create());
var invocation = new InvocationConfiguration { EnableDefaultExceptionHandler = false };
try
{
    return await root.Parse(args).InvokeAsync(invocation);
}
catch (Gyrus.GyrusException e)
{
    await Console.Error.WriteLineAsync("gyrus: " + e.Message);
    return ExitCode.UserError;
}
