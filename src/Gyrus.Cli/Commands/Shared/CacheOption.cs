using System.CommandLine;

namespace Gyrus.Cli.Commands.Shared;

/// <summary>Where computed features are kept.</summary>
internal static class CacheOption
{
    public static Option<string> Create() => new("--features")
    {
        Description = "Folder in which the backbone's features are kept between runs.",
        DefaultValueFactory = _ => UserCache.Folder("features"),
    };
}
