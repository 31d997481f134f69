using System.CommandLine;
using Gyrus.Cli.Commands.Shared;
using Gyrus.Cli.Terminal;
using Gyrus.Server.Keys;

namespace Gyrus.Cli.Commands.Keys;

/// <summary><c>gyrus keys add</c>.</summary>
internal static class AddKeyCommand
{
    public static Command Create()
    {
        var name = new Argument<string>("name") { Description = "Who is to have the key; it stands in the record of results." };
        var perMinute = new Option<int>("--per-minute")
        {
            Description = "Requests a minute that the key is good for.",
            DefaultValueFactory = _ => KeyStore.UsualPerMinute,
        };
        var all = new Option<bool>("--all-results")
        {
            Description = "The key sees, and may delete, the results of all keys, and those from before there were keys. Without it those of its own name alone.",
        };
        var database = new DatabaseFlags();
        var command = new Command(
            "add",
            "Makes a key and prints it, this once: a hash of it is kept. Callers send it in the header x-api-key. Once there is "
            + "a key the service asks everybody for one.")
        {
            name, perMinute, all,
        };
        database.AddTo(command);
        command.AddExamples("gyrus keys add radiology", "gyrus keys add night-batch --per-minute 6000", "gyrus keys add head-of-radiology --all-results");
        command.SetAction(parsed =>
        {
            var store = KeyStore.Open(database.Read(parsed), TimeProvider.System);
            Console.Out.WriteLine(store.Add(parsed.GetValue(name)!, parsed.GetValue(perMinute), parsed.GetValue(all)));
            return ExitCode.Success;
        });
        return command;
    }
}
