namespace Gyrus.Server.Uploads;

/// <summary>Names of files as callers give them.</summary>
internal static class FileName
{
    private const int Longest = 200;

    /// <summary>A file name as it may stand in an answer: no folders, nothing that is not text.</summary>
    public static string Plain(string name)
    {
        var last = name[(name.LastIndexOfAny(['/', '\\']) + 1)..];
        var plain = string.Concat(last.Where(c => !char.IsControl(c)).Take(Longest)).Trim();
        return plain.Length > 0 ? plain : "upload";
    }
}
