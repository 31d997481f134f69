using System.CommandLine;

namespace Gyrus.Cli.Commands.Data;

/// <summary>The option <c>--cache</c> of commands that look for copies.</summary>
internal static class AuditCacheOption
{
    public static Option<string> Create() => new("--cache")
    {
        Description = "Folder in which what was computed of each image is kept.",
        DefaultValueFactory = _ => UserCache.Folder("audit"),
        HelpName = "DIR",
    };
}
