using System.CommandLine;
using System.CommandLine.Invocation;
using Gyrus.Cli;
using Gyrus.Cli.Commands;

try
{
    var parsed = GyrusCommand.Create().Parse(args);
    var mistake = parsed.Action as ParseErrorAction;
    if (mistake is not null) mistake.ShowHelp = args.Length == 0;
    int code = await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
    if (mistake is null) return code;
    var command = string.Join(' ', parsed.CommandResult.Command.Parents.Select(parent => parent.Name).Reverse()
        .Append(parsed.CommandResult.Command.Name));
    await Console.Error.WriteLineAsync($"See {command} --help");
    return ExitCode.UserError;
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
catch (Exception e) when (e is IOException or UnauthorizedAccessException)
{
    // A full disk or a folder that may not be written to: the system's own words name the file.
    await Console.Error.WriteLineAsync("gyrus: " + e.Message);
    return ExitCode.UserError;
}
catch (Exception e)
{
    await Console.Error.WriteLineAsync("gyrus: this is a defect of gyrus; please report it with what follows.\n" + e);
    return ExitCode.Defect;
}
