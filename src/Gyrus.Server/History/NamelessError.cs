using Gyrus.Inference;

namespace Gyrus.Server.History;

/// <summary>What was wrong with a file, without its name, which often holds a patient's.</summary>
internal static class NamelessError
{
    private const string Unknown = "the file could not be read";

    /// <summary>The error of a result that has one.</summary>
    public static string Of(ScanResult result)
    {
        var begin = result.Path + ": ";
        if (!result.Error!.StartsWith(begin, StringComparison.Ordinal)) return Unknown;
        var rest = result.Error[begin.Length..];
        return rest.Contains(result.Path, StringComparison.OrdinalIgnoreCase) ? Unknown : rest;
    }
}
