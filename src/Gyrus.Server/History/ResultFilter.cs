using Gyrus.Server.Problems;

namespace Gyrus.Server.History;

/// <summary>Which results are wanted: the query of <c>/v1/results</c>.</summary>
/// <param name="Limit">Results of a page, 1 to 500; 50 unless given.</param>
/// <param name="Before">Only results older than the one of this identifier: the last of the page before.</param>
/// <param name="Label">Only those of this label, of the model or of one that answered before.</param>
/// <param name="Verdict">Only those of this verdict: <c>tumour</c> or <c>healthy</c>.</param>
/// <param name="Accepted"><c>true</c>: only those that were accepted; <c>false</c>: only those that were not; <c>any</c>: both. Unless given,
/// any, but with a label or verdict only those that were accepted: what the network says of others is not to be believed.</param>
/// <param name="Sha256">Only those of files whose SHA-256 begins so.</param>
/// <param name="Key">Only those that a key of this name asked for.</param>
/// <param name="From">Only those from this time on.</param>
/// <param name="To">Only those before this time.</param>
internal sealed record ResultFilter(
    int Limit = 50,
    string? Before = null,
    string? Label = null,
    string? Verdict = null,
    string? Accepted = null,
    string? Sha256 = null,
    string? Key = null,
    DateTimeOffset? From = null,
    DateTimeOffset? To = null)
{
    private const int IdLength = 32;
    private const int HashLength = 64;

    /// <summary>Whether accepted or refused results are wanted; null for both.</summary>
    public bool? WantsAccepted() => Accepted switch
    {
        "true" => true,
        "false" => false,
        null when Label is not null || Verdict is not null => true,
        _ => null,
    };

    /// <summary>Whether a text is built as identifiers of results are.</summary>
    public static bool IsId(string text) => text.Length == IdLength && text.All(char.IsAsciiHexDigitLower);

    /// <summary>Checks the values.</summary>
    /// <exception cref="ServiceProblem">One can fit no result, whatever labels there are.</exception>
    public void Check()
    {
        if (Limit is < 1 or > ResultHistory.LargestPage)
            throw ServiceProblem.BadRequest($"limit goes from 1 to {ResultHistory.LargestPage}.");
        if (Verdict is not (null or "tumour" or "healthy")) throw ServiceProblem.BadRequest("verdict is tumour or healthy.");
        if (Accepted is not (null or "true" or "false" or "any")) throw ServiceProblem.BadRequest("accepted is true, false or any.");
        if (Before is not null && !IsId(Before))
            throw ServiceProblem.BadRequest("before is the identifier of a result: give the next of the page before, as it was answered.");
        if (Sha256 is not null && (Sha256.Length > HashLength || !Sha256.All(char.IsAsciiHexDigitLower)))
            throw ServiceProblem.BadRequest($"sha256 is the beginning of a hash, at most {HashLength} lower-case hexadecimal digits.");
        if (Key is not null && Key.Any(char.IsControl)) throw ServiceProblem.BadRequest("key is the name of a key, without control characters.");
        if (From > To) throw ServiceProblem.BadRequest("from is later than to: give the earlier time as from.");
    }
}
