using System.CommandLine;
using System.CommandLine.Invocation;
using Gyrus.Cli.Commands;
using Gyrus.Cli.Commands.Cluster;
using Gyrus.Cli.Terminal;

try
{
    var parsed = GyrusCommand.Create(args).Parse(args);
    var mistake = parsed.Action as ParseErrorAction;
    if (mistake is not null) mistake.ShowHelp = args.Length == 0;
    using var interruption = new Interruption(
        parsed.CommandResult.Command.Name is ServeCommand.Name or NodeCommand.Name ? Interruption.ServicePatience : Interruption.Patience);
    int code = await parsed.InvokeAsync(
        new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null },
        interruption.Token);
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
        Gyrus.GyrusException e => (ExitCode.UserError, e.Message + GyrusCommand.NextStep(e)),
        OperationCanceledException => (ExitCode.Interrupted, "stopped; what was done is kept"),

        // A full disk or a folder that may not be written to: the system's own words name the file.
        Exception e when e is IOException or UnauthorizedAccessException => (ExitCode.UserError, e.Message),
        _ => (ExitCode.Defect, "this is a defect of gyrus; please report it with what follows.\n" + thrown),
    };
    await Console.Error.WriteLineAsync("gyrus: " + message);
    return code;
}
