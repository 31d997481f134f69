using System.CommandLine;
using Gyrus.Server.Database;

namespace Gyrus.Cli.Commands.Shared;

/// <summary>The options that say where the service keeps results and keys.</summary>
internal sealed class DatabaseFlags
{
    private const string FolderVariable = "GYRUS_DATA";
    private const string DatabaseVariable = "GYRUS_DATABASE";

    private readonly Option<string> _folder = new("--data")
    {
        Description = "Folder of the service's results and keys, and of images that it keeps; "
            + $"the variable {FolderVariable} says the same.",
        HelpName = "DIR",
        DefaultValueFactory = _ => FromEnvironment(FolderVariable) ?? Path.Combine(
            Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify),
            "gyrus"),
    };

    // The variable is no default of the option, which help would print with the password in it.
    private readonly Option<string?> _postgres = new("--database")
    {
        Description = $"A PostgreSQL connection string, instead of SQLite in that folder. The variable {DatabaseVariable} says the "
            + "same, and shows a password to nobody who lists processes.",
        HelpName = "TEXT",
    };

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Options.Add(_folder);
        command.Options.Add(_postgres);
    }

    /// <summary>Where results and keys are.</summary>
    public DatabaseOptions Read(ParseResult parsed) =>
        new(parsed.GetValue(_folder)!, parsed.GetValue(_postgres) ?? FromEnvironment(DatabaseVariable));

    private static string? FromEnvironment(string variable) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text ? text : null;
}
