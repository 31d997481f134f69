using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Gyrus.Cli.Commands.Serve;

/// <summary>What a service says as it starts: to a person on standard error, and where its log is for programs, which is where standard
/// output is no terminal, as an object of the log. Where both go elsewhere, as in a container, all lines are such objects.</summary>
internal static partial class StartNotes
{
    /// <summary>Says a sentence.</summary>
    public static void Say(IServiceProvider services, string sentence)
    {
        if (!Console.IsErrorRedirected || !Console.IsOutputRedirected) Console.Error.WriteLine(sentence);
        if (Console.IsOutputRedirected) Log(services.GetRequiredService<ILoggerFactory>().CreateLogger("Gyrus.Start"), sentence);
    }

    [LoggerMessage(LogLevel.Information, "{Sentence}")]
    private static partial void Log(ILogger logger, string sentence);
}
