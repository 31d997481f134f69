namespace Gyrus.Server.Protocols;

/// <summary>A caller's names as an answer repeats them.</summary>
internal static class Names
{
    private const int Longest = 60;

    /// <summary>A name without what is not text, cut off where it is long.</summary>
    public static string Short(string name)
    {
        var plain = string.Concat(name.Where(c => !char.IsControl(c) && !char.IsSurrogate(c)));
        return plain.Length <= Longest ? plain : plain[..Longest] + "…";
    }
}
