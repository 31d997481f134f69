using Gyrus.Imaging;
using Gyrus.Server.Problems;

namespace Gyrus.Server.History;

/// <summary>Which results are wanted: the query of <c>/v1/results</c>.</summary>
/// <param name="Limit">Results of a page, 1 to 500; 50 unless given.</param>
/// <param name="Before">Only results older than the one of this identifier: the last of the page before.</param>
/// <param name="Label">Only those of this label.</param>
/// <param name="Verdict">Only those of this verdict: <c>tumour</c> or <c>healthy</c>.</param>
/// <param name="Accepted">Only those that were accepted, or were not.</param>
/// <param name="Sha256">Only those of files whose SHA-256 begins so.</param>
/// <param name="Key">Only those that a key of this name asked for.</param>
/// <param name="From">Only those from this time on.</param>
/// <param name="To">Only those before this time.</param>
internal sealed record ResultFilter(
    int Limit = 50,
    string? Before = null,
    string? Label = null,
    string? Verdict = null,
    bool? Accepted = null,
    string? Sha256 = null,
    string? Key = null,
    DateTimeOffset? From = null,
    DateTimeOffset? To = null)
{
    /// <summary>Checks the values.</summary>
    /// <exception cref="ServiceProblem">One can fit no result.</exception>
    public ResultFilter Checked()
    {
        if (Limit is < 1 or > ResultHistory.LargestPage)
            throw ServiceProblem.BadRequest($"limit goes from 1 to {ResultHistory.LargestPage}.");
        if (Label is not null && !ScanLabel.All.Any(label => label.Name == Label))
            throw ServiceProblem.BadRequest($"label is one of {string.Join(", ", ScanLabel.All.Select(label => label.Name))}.");
        if (Verdict is not (null or "tumour" or "healthy")) throw ServiceProblem.BadRequest("verdict is tumour or healthy.");
        if (Sha256 is not null && !Sha256.All(char.IsAsciiHexDigitLower))
            throw ServiceProblem.BadRequest("sha256 is the beginning of a hash, in lower-case hexadecimal digits.");
        return this;
    }
}
