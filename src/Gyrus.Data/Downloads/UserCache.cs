namespace Gyrus.Data;

/// <summary>Where Gyrus keeps for a user what it can fetch or compute again: weights, features, downloads.</summary>
public static class UserCache
{
    /// <summary>
    /// The folder of one kind of thing: below <c>GYRUS_CACHE</c> where that variable is set, else below the system's
    /// cache folder (<c>XDG_CACHE_HOME</c> or <c>~/.cache</c> on Linux). It may not exist yet.
    /// </summary>
    /// <param name="name">The kind, such as <c>weights</c>.</param>
    public static string Folder(string name) => Folder(name, Environment.GetEnvironmentVariable);

    internal static string Folder(string name, Func<string, string?> environment)
    {
        if (environment("GYRUS_CACHE") is { Length: > 0 } own) return Path.Combine(Path.GetFullPath(own), name);
        return Path.Combine(SystemFolder(environment), "gyrus", name);
    }

    private static string SystemFolder(Func<string, string?> environment)
    {
        if (OperatingSystem.IsWindows())
            return Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData);
        var home = environment("HOME") is { Length: > 0 } folder ? folder : "/tmp";
        if (OperatingSystem.IsMacOS()) return Path.Combine(home, "Library", "Caches");
        return environment("XDG_CACHE_HOME") is { Length: > 0 } cache ? cache : Path.Combine(home, ".cache");
    }
}
