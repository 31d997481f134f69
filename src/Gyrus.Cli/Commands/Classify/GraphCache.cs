
namespace Gyrus.Cli.Commands.Classify;

/// <summary>Where networks are kept as they were optimised for this processor.</summary>
internal static class GraphCache
{
    /// <summary>The folder in the user's cache; null where there is none, as for a user without a home.</summary>
    public static string? Folder()
    {
        try
        {
            return UserCache.Folder("graphs");
        }
        catch (GyrusException)
        {
            return null;
        }
    }
}
