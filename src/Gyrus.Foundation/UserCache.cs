namespace Gyrus;

/// <summary>
/// The user's cache: downloads and computed files that can be had again, one folder a kind. On Linux it follows the
/// XDG Base Directory Specification 0.8; the variable <c>GYRUS_CACHE</c> moves it anywhere.
/// </summary>
public static class UserCache
{
    /// <summary>
    /// The folder of a kind of file, absolute; it is not made. <c>$GYRUS_CACHE/name</c> where that variable is set;
    /// else <c>$XDG_CACHE_HOME/gyrus/name</c> or <c>~/.cache/gyrus/name</c> on Linux,
    /// <c>~/Library/Caches/gyrus/name</c> on macOS, <c>%LOCALAPPDATA%\gyrus\name</c> on Windows.
    /// </summary>
    /// <param name="name">The kind, such as <c>data</c> or <c>weights</c>.</param>
    /// <exception cref="GyrusException">No home folder is known, and no variable names a cache.</exception>
    public static string Folder(string name) =>
        Folder(name, Environment.GetEnvironmentVariable, CurrentSystem(), Environment.GetFolderPath);

    internal static string Folder(
        string name,
        Func<string, string?> variable,
        OperatingSystemKind system,
        Func<Environment.SpecialFolder, string> special)
    {
        if (Set("GYRUS_CACHE") is { } own) return Path.GetFullPath(Path.Combine(own, name));
        return Path.GetFullPath(Path.Combine(Base(), "gyrus", name));

        string Base() => system switch
        {
            OperatingSystemKind.Windows => Special(Environment.SpecialFolder.LocalApplicationData),
            OperatingSystemKind.MacOs => Path.Combine(Home(), "Library", "Caches"),
            // The specification says to pass over a relative path.
            _ => Set("XDG_CACHE_HOME") is { } xdg && Path.IsPathRooted(xdg) ? xdg : Path.Combine(Home(), ".cache"),
        };

        string Home() => Special(Environment.SpecialFolder.UserProfile);

        string? Set(string key) => variable(key) is { Length: > 0 } value ? value : null;

        string Special(Environment.SpecialFolder folder) => special(folder) is { Length: > 0 } path
            ? path
            : throw new GyrusException(
                "No home folder is known, so there is no place for the cache. Set GYRUS_CACHE to a folder.");
    }

    private static OperatingSystemKind CurrentSystem() =>
        OperatingSystem.IsWindows() ? OperatingSystemKind.Windows
            : OperatingSystem.IsMacOS() ? OperatingSystemKind.MacOs
            : OperatingSystemKind.Linux;

    internal enum OperatingSystemKind
    {
        Linux,
        Windows,
        MacOs,
    }
}
