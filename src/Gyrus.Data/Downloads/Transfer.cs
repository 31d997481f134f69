using System.Net;

namespace Gyrus.Data.Downloads;

/// <summary>Tries to bring the rest of a file over one connection.</summary>
internal sealed class Transfer(
    HttpClient client,
    DownloadRequest request,
    DownloadOptions options,
    PartFile part,
    IProgress<WorkProgress>? progress)
{
    private const int ChunkBytes = 128 * 1024;
    private const long Megabyte = 1_000_000;

    private readonly string _name = Path.GetFileName(request.Destination) + ", MB";
    private readonly byte[] _chunk = new byte[ChunkBytes];

    /// <summary>Null when the part is whole; else why it is not yet.</summary>
    /// <exception cref="DownloadException">Another try would not help.</exception>
    public async Task<Interruption?> Try(CancellationToken cancellationToken)
    {
        using var message = new HttpRequestMessage(HttpMethod.Get, request.Address);
        // Ranges count the bytes as they are sent: compressed ones would be of another file.
        message.Headers.AcceptEncoding.ParseAdd("identity");
        if (client.DefaultRequestHeaders.UserAgent.Count == 0) message.Headers.UserAgent.ParseAdd("gyrus");
        bool rest = part.AskForRest(message);
        HttpResponseMessage response;
        try
        {
            response = await client.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, cancellationToken)
                .ConfigureAwait(false);
        }
        catch (HttpRequestException e)
        {
            return e.HttpRequestError is HttpRequestError.SecureConnectionError
                ? throw DownloadErrors.Insecure(request, e)
                : new Interruption(DownloadErrors.Clause(e), e, Connected: !NeverConnected(e.HttpRequestError));
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            return new Interruption("no answer came in time", e, Connected: false);
        }
        using (response)
        {
            return Accept(response, rest) switch
            {
                Answer.Whole => null,
                Answer.Body => await Copy(response, cancellationToken).ConfigureAwait(false),
                Answer.Other => throw DownloadErrors.Unexpected(request, response),
                Answer.Busy => new Interruption(
                    $"the server answered {(int)response.StatusCode}", RetryAfter: RetryAfter(response)),
                _ => new Interruption("the server sent another piece than was asked for"),
            };
        }
    }

    /// <summary>Tells how far the download is.</summary>
    public void Report(string? note = null) =>
        progress?.Report(new WorkProgress(_name, part.Length / Megabyte, (part.Whole ?? 0) / Megabyte, note));

    private enum Answer
    {
        Body,
        Whole,
        Busy,
        WrongPiece,
        Other,
    }

    private Answer Accept(HttpResponseMessage response, bool rest)
    {
        var range = response.Content.Headers.ContentRange;
        switch (response.StatusCode)
        {
            case HttpStatusCode.OK:
                part.StartAgain(response);
                return Answer.Body;
            case HttpStatusCode.PartialContent when rest && range?.From == part.Length && FitsWhole(range.Length):
                return Answer.Body;
            case HttpStatusCode.RequestedRangeNotSatisfiable when rest && range?.Length == part.Length:
                return Answer.Whole;
            case HttpStatusCode.PartialContent or HttpStatusCode.RequestedRangeNotSatisfiable:
                part.Empty();
                return Answer.WrongPiece;
            case HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests:
            case >= HttpStatusCode.InternalServerError:
                return Answer.Busy;
            default:
                return Answer.Other;
        }
    }

    private bool FitsWhole(long? whole) => whole is null || part.Whole is null || whole == part.Whole;

    private async Task<Interruption?> Copy(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        long? end = part.Length + response.Content.Headers.ContentLength ?? part.Whole;
        CheckSpace(end - part.Length);
        Report();
        using var silence = new CancellationTokenSource(options.Silence, options.Clock);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(silence.Token, cancellationToken);
        long reported = part.Length / Megabyte;
        try
        {
            var body = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
            await using (body.ConfigureAwait(false))
            {
                while (true)
                {
                    silence.CancelAfter(options.Silence);
                    int read = await body.ReadAsync(_chunk, stop.Token).ConfigureAwait(false);
                    if (read == 0) break;
                    await part.Append(_chunk.AsMemory(0, read), cancellationToken).ConfigureAwait(false);
                    if (part.Length / Megabyte == reported) continue;
                    reported = part.Length / Megabyte;
                    Report();
                }
            }
        }
        catch (IOException e)
        {
            return new Interruption("the connection was cut", e);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            return new Interruption("the connection fell silent", e);
        }
        return end is null || part.Length == end ? null : new Interruption("the server sent less than the whole file");
    }

    private void CheckSpace(long? needed)
    {
        var folder = Path.GetDirectoryName(part.Path)!;
        if (needed > 0 && options.FreeSpace(folder) is { } free && free < needed)
        {
            throw DownloadErrors.NoSpace(request, folder, needed.Value, free);
        }
    }

    private TimeSpan? RetryAfter(HttpResponseMessage response) => response.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } when date - options.Clock.GetUtcNow() is { Ticks: > 0 } left => left,
        { Date: not null } => TimeSpan.Zero,
        _ => null,
    };

    private static bool NeverConnected(HttpRequestError error) =>
        error is HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError
            or HttpRequestError.ProxyTunnelError;
}
