using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Gyrus.Cli.Commands.Shared;
using Gyrus.Cli.Terminal;
using Gyrus.Server.Keys;

namespace Gyrus.Cli.Commands.Keys;

/// <summary><c>gyrus keys list</c>.</summary>
internal static class ListKeysCommand
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public static Command Create()
    {
        var format = FormatOption.Create();
        var database = new DatabaseFlags();
        var command = new Command("list", "Lists the keys, without their secrets; as JSON one object a line.") { format };
        database.AddTo(command);
        command.AddExamples("gyrus keys list", "gyrus keys list --format json");
        command.SetAction(parsed =>
        {
            foreach (var key in KeyStore.Open(database.Read(parsed), TimeProvider.System).List())
                Console.Out.WriteLine(parsed.GetValue(format) == OutputFormat.Json ? JsonSerializer.Serialize(key, Json) : Text(key));
            return ExitCode.Success;
        });
        return command;
    }

    private static string Text(KeyFacts key) => string.Create(
        CultureInfo.InvariantCulture,
        $"{key.Name,-24}  {key.PerMinute,6} a minute  made {key.Created:yyyy-MM-dd HH:mm}")
        + (key.AllResults ? "  sees all results" : "")
        + (key.Revoked is { } revoked ? string.Create(CultureInfo.InvariantCulture, $"  taken back {revoked:yyyy-MM-dd HH:mm}") : "");
}
