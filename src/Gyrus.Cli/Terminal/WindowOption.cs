using System.CommandLine;
using Gyrus.Dicom.Display;

namespace Gyrus.Cli.Terminal;

/// <summary>The option <c>--window</c>, the same on every command that has it.</summary>
internal static class WindowOption
{
    /// <summary>Makes <c>--window C,W</c>.</summary>
    public static Option<string?> Create() => new("--window")
    {
        Description = $"Of DICOM and NIfTI: the values that are seen from black to white, as their centre and width (40,80), or for CT one of "
            + $"{string.Join(", ", GreyWindow.Names)}. Unless given the file's first, else brain for CT and what the head has for MR.",
        HelpName = "C,W",
    };

    /// <summary>The window that was given; null where none was.</summary>
    /// <exception cref="GyrusException">It is none.</exception>
    public static GreyWindow? Read(string? given) => given is null ? null : GreyWindow.Parse(given);
}
