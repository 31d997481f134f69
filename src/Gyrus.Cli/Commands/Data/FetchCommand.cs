using System.CommandLine;
using System.Text.Json;
using Gyrus.Cli.Terminal;
using Gyrus.Data.Downloads;

namespace Gyrus.Cli.Commands.Data;

/// <summary>The command <c>gyrus data fetch</c>.</summary>
internal static class FetchCommand
{
    /// <summary>Makes the command, from the publisher's address unless another is given.</summary>
    internal static Command Create(Uri? address = null)
    {
        var to = new Option<DirectoryInfo>("--to")
        {
            Description = $"The folder for {DatasetFetch.FileName}; the folder data of the user's cache unless given",
            HelpName = "DIR",
        };
        var format = FormatOption.Create();
        var command = new Command(
            "fetch",
            "Downloads the published data set as a zip. Goes on where it was after a cut or a kill.") { to, format };
        command.AddExamples("gyrus data fetch", "gyrus data fetch --to /data/scans");
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var connections = new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(20) };
            using var client = new HttpClient(connections);
            string path;
            using (var progress = new ProgressLine())
            {
                path = await DatasetFetch.RunAsync(
                    client, parsed.GetValue(to)?.FullName, address, progress: progress,
                    cancellationToken: cancellationToken);
            }
            Print(parsed.InvocationConfiguration, path, parsed.GetValue(format));
            return ExitCode.Success;
        });
        return command;
    }

    private static void Print(InvocationConfiguration console, string path, OutputFormat format)
    {
        var next = $"gyrus data import {Quoted(path)} --out dataset.csv";
        if (format == OutputFormat.Json)
        {
            console.Output.WriteLine(JsonSerializer.Serialize(new { path, next }, JsonSerializerOptions.Web));
            return;
        }
        console.Output.WriteLine(path);
        // Not on standard output: $(gyrus data fetch) is the path.
        console.Error.WriteLine("Next: " + next);
    }

    private static string Quoted(string path) => path.Contains(' ', StringComparison.Ordinal) ? $"\"{path}\"" : path;
}
