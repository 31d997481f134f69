using System.CommandLine;
using System.CommandLine.Invocation;
using Gyrus.Cli;
using Gyrus.Cli.Commands;

try
{
    var parsed = GyrusCommand.Create().Parse(args);
    var mistake = parsed.Action as ParseErrorAction;
    if (mistake is not null) mistake.ShowHelp = args.Length == 0;
    int code = await parsed.InvokeAsync(new InvocationConfiguration
    {
        EnableDefaultExceptionHandler = false,
        // A service that is told to end answers what it has begun; the usual two seconds would cut that off.
        ProcessTerminationTimeout = TimeSpan.FromSeconds(35),
    });
    if (mistake is null) return code;
    var command = string.Join(' ', parsed.CommandResult.Command.Parents.Select(parent => parent.Name).Reverse()
        .Append(parsed.CommandResult.Command.Name));
    await Console.Error.WriteLineAsync($"See {command} --help");
    return ExitCode.UserError;
}
catch (Exception thrown)
{
    // Work on several cores wraps what went wrong on one of them.
    var (code, message) = (thrown is AggregateException ? thrown.GetBaseException() : thrown) switch
    {
        Gyrus.GyrusException e => (ExitCode.UserError, e.Message),
        OperationCanceledException => (ExitCode.Interrupted, "stopped; what was done is kept"),

        // A full disk or a folder that may not be written to: the system's own words name the file.
        Exception e when e is IOException or UnauthorizedAccessException => (ExitCode.UserError, e.Message),
        _ => (ExitCode.Defect, "this is a defect of gyrus; please report it with what follows.\n" + thrown),
    };
    await Console.Error.WriteLineAsync("gyrus: " + message);
    return code;
}
