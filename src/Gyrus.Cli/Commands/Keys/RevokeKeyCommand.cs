using System.CommandLine;
using Gyrus.Cli.Commands.Shared;
using Gyrus.Cli.Terminal;
using Gyrus.Server.Keys;

namespace Gyrus.Cli.Commands.Keys;

/// <summary><c>gyrus keys revoke</c>.</summary>
internal static class RevokeKeyCommand
{
    public static Command Create()
    {
        var name = new Argument<string>("name") { Description = "The key's name: see gyrus keys list." };
        var database = new DatabaseFlags();
        var command = new Command("revoke", "Takes a key back. A service that runs refuses it from its next request on.") { name };
        database.AddTo(command);
        command.AddExamples("gyrus keys revoke radiology");
        command.SetAction(parsed =>
        {
            KeyStore.Open(database.Read(parsed), TimeProvider.System).Revoke(parsed.GetValue(name)!);
            return ExitCode.Success;
        });
        return command;
    }
}
