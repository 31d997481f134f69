namespace Gyrus.Cli.Terminal;

/// <summary>Values of an option that give names other names: <c>a=b,c=d</c>.</summary>
internal static class NamePairs
{
    /// <summary>Reads them; names may hold spaces, and neither a comma nor an equals sign.</summary>
    /// <param name="option">The option, for the message.</param>
    /// <param name="given">Its values.</param>
    /// <exception cref="GyrusException">One is no pair, or a name is given two others.</exception>
    public static Dictionary<string, string> Read(string option, IEnumerable<string> given)
    {
        var pairs = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var text in given.SelectMany(value => value.Split(',')))
        {
            if (text.Split('=') is not [{ Length: > 0 } from, { Length: > 0 } to])
                throw new GyrusException($"{option} '{text}': give pairs of names, such as yes=tumour,no=healthy.");
            if (!pairs.TryAdd(from, to) && pairs[from] != to) throw new GyrusException($"{option}: '{from}' is given two names, {pairs[from]} and {to}.");
        }
        return pairs;
    }
}
