using System.Text;

namespace Gyrus.Data.Converting;

/// <summary>Names of files that every system takes.</summary>
internal static class PlainName
{
    private const int Longest = 60;

    /// <summary>A text in letters and digits of ASCII, - and _; what else stands between them becomes one _; empty where nothing is left.</summary>
    public static string Of(string text)
    {
        var plain = new StringBuilder();
        foreach (char c in text)
        {
            if (char.IsAsciiLetterOrDigit(c) || c == '-') plain.Append(c);
            else if (plain.Length > 0 && plain[^1] != '_') plain.Append('_');
        }
        var whole = plain.ToString();
        return (whole.Length > Longest ? whole[..Longest] : whole).Trim('_', '-');
    }

    /// <summary>A name that is not taken yet, in whatever case: the name itself, else with -2, -3 and so on behind it.</summary>
    /// <param name="name">The name; <c>series</c> where it is empty.</param>
    /// <param name="taken">Those that are, in lower case; the new one is added.</param>
    public static string Free(string name, HashSet<string> taken)
    {
        var wanted = name.Length == 0 ? "series" : name;
        var free = wanted;
        for (int i = 2; !taken.Add(free.ToLowerInvariant()); i++) free = FormattableString.Invariant($"{wanted}-{i}");
        return free;
    }
}
