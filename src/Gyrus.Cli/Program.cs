using System.CommandLine;
using System.CommandLine.Invocation;
using Gyrus.Cli;
using Gyrus.Cli.Commands;

try
{
    var parsed = GyrusCommand.Create().Parse(args);
    int code = await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
    return parsed.Action is ParseErrorAction ? ExitCode.UserError : code;
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
