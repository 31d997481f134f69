using System.CommandLine;
using Gyrus.Cli.Terminal;
using Gyrus.Server.Hosting;

namespace Gyrus.Cli.Commands;

/// <summary><c>gyrus health</c>: what a container's health check runs, in an image that has no other program.</summary>
internal static class HealthCommand
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    public static Command Create()
    {
        var url = new Option<Uri>("--url")
        {
            Description = "Address of the service.",
            HelpName = "URL",
            DefaultValueFactory = _ => new Uri(ServiceOptions.DefaultUrl),
            CustomParser = result =>
            {
                if (Uri.TryCreate(result.Tokens[0].Value, UriKind.Absolute, out var address) && address.Scheme is "http" or "https")
                    return address;
                result.AddError($"'{result.Tokens[0].Value}' is no address of http or https.");
                return null;
            },
        };
        var command = new Command(
            "health",
            $"Asks a service whether its model and its database answer. The exit code is {ExitCode.CheckFailed} where they do "
            + "not, or where no service answers.")
        {
            url,
        };
        command.AddExamples("gyrus health", "gyrus health --url http://127.0.0.1:9000");
        command.SetAction((parsed, cancellation) => Ask(parsed.GetValue(url)!, cancellation));
        return command;
    }

    private static async Task<int> Ask(Uri service, CancellationToken cancellation)
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { Timeout = Patience };
        try
        {
            using var answer = await client.GetAsync(new Uri(service, "/v2/health/ready"), cancellation);
            Console.Out.WriteLine(answer.IsSuccessStatusCode ? "ready" : "not ready");
            return answer.IsSuccessStatusCode ? ExitCode.Success : ExitCode.CheckFailed;
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException && !cancellation.IsCancellationRequested)
        {
            await Console.Error.WriteLineAsync($"gyrus: {service}: no answer ({e.Message})");
            return ExitCode.CheckFailed;
        }
    }
}
