using System.Globalization;
using System.Net;

namespace Gyrus.Data.Downloads;

/// <summary>What a person is told when a download does not end.</summary>
internal static class DownloadErrors
{
    public static DownloadException NoNetwork(DownloadRequest request, Interruption interruption) => new(
        DownloadProblem.NoNetwork,
        $"{request.Address} cannot be reached: {interruption.Reason}. Check the network and, where there is one, the "
        + $"proxy (HTTPS_PROXY), then run again; or {ByHand(request)}",
        interruption.Cause);

    public static DownloadException Insecure(DownloadRequest request, HttpRequestException e) => new(
        DownloadProblem.NoNetwork,
        $"{request.Address} cannot be reached securely: {Innermost(e)} Check this machine's clock and certificates, "
        + "and whether a proxy or a login page of the network stands in between.",
        e);

    public static DownloadException Unexpected(DownloadRequest request, HttpResponseMessage response)
    {
        int code = (int)response.StatusCode;
        // After redirects the refusal may be another host's.
        var asked = response.RequestMessage?.RequestUri is { } last && last.Host != request.Address.Host
            ? $"{request.Address} (redirected to {last.Host})"
            : request.Address.ToString();
        return response.StatusCode switch
        {
            HttpStatusCode.NotFound or HttpStatusCode.Gone => new(
                DownloadProblem.NotFound,
                $"{asked} is not there (HTTP {code}). It may have moved: look for a newer version of Gyrus, or find "
                + $"the file elsewhere and save it as {request.Destination}"),
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden or HttpStatusCode.ProxyAuthenticationRequired =>
                new(
                    DownloadProblem.Refused,
                    $"{asked} is refused (HTTP {code}): the server wants a login, or does not serve this network. "
                    + $"Log in there and {ByHand(request)}"),
            _ => new(
                DownloadProblem.UnexpectedAnswer,
                $"{asked} answered HTTP {code} {response.ReasonPhrase}, which is not a file. Try again later, or "
                + ByHand(request)),
        };
    }

    public static DownloadException NoSpace(DownloadRequest request, string folder, long needed, long free) => new(
        DownloadProblem.NoSpace,
        $"{request.Address} needs {Megabytes(needed)} more, but {folder} has {Megabytes(free)} free. Free some "
        + "space, or choose a folder on another disk.");

    public static DownloadException GaveUp(DownloadRequest request, Interruption last, int tries, long come) => new(
        DownloadProblem.GaveUp,
        $"{request.Address}: gave up after {tries} {(tries == 1 ? "try" : "tries")} in a row that got no further; at "
        + $"the last, {last.Reason}. The {Megabytes(come)} that came are kept: running again goes on from there.",
        last.Cause);

    public static DownloadException AskedToWait(DownloadRequest request, Interruption last, TimeSpan wait, long come) => new(
        DownloadProblem.GaveUp,
        string.Create(CultureInfo.InvariantCulture, $"{request.Address}: {last.Reason} and asks to be left alone for {Math.Ceiling(wait.TotalMinutes):0} minutes. ")
        + $"Run again then: the {Megabytes(come)} that came are kept, and it goes on from there.",
        last.Cause);

    public static DownloadException WrongContent(DownloadRequest request, string fault) => new(
        DownloadProblem.WrongContent,
        $"{request.Address}: what came {fault}. It was removed. Run again; if it comes out the same, the file has "
        + "changed at its source, or something in the network replaces it.");

    /// <summary>A failure to connect as a clause.</summary>
    public static string Clause(HttpRequestException e) => e.HttpRequestError switch
    {
        HttpRequestError.NameResolutionError => "the host's name is not known here, as without a network",
        HttpRequestError.ConnectionError => "the connection failed (" + Innermost(e).TrimEnd('.') + ")",
        HttpRequestError.ProxyTunnelError => "the proxy does not let it through",
        _ => "the connection broke (" + Innermost(e).TrimEnd('.') + ")",
    };

    private static string Innermost(Exception e) => e.GetBaseException().Message;

    private static string ByHand(DownloadRequest request) =>
        $"download it with a browser and save it as {request.Destination}";

    private static string Megabytes(long bytes) =>
        string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:N1} MB");
}
