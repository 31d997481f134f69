using System.CommandLine;

namespace Gyrus.Cli.Commands.Shared;

/// <summary>The option that has images looked at from several sides.</summary>
internal static class ViewsOption
{
    public static Option<int> Create() => new("--views")
    {
        Description = "1: the image as it is. 2: its mirror image too, 4: both upside down too, and the mean of the answers. "
            + "Takes 2 or 4 times as long.",
        DefaultValueFactory = _ => 1,
        HelpName = "1|2|4",
    };
}
