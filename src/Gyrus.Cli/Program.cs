using System.CommandLine;
using Gyrus.Cli;
using Gyrus.Cli.Commands;

var invocation = new InvocationConfiguration { EnableDefaultExceptionHandler = false };
try
{
    return await GyrusCommand.Create().Parse(args).InvokeAsync(invocation);
}
catch (Gyrus.GyrusException e)
{
    await Console.Error.WriteLineAsync("gyrus: " + e.Message);
    return ExitCode.UserError;
}
catch (OperationCanceledException)
{
    await Console.Error.WriteLineAsync("gyrus: stopped; what was done is kept");
    return ExitCode.Interrupted;
}
