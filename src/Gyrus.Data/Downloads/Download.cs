namespace Gyrus.Data.Downloads;

/// <summary>
/// Downloads a file over HTTP so that no byte comes twice: it goes on after a cut, and after this process was killed,
/// where it was.
/// </summary>
public static class Download
{
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(30);

    // What a person waits for before a screen; who is asked to wait longer is told so instead.
    private static readonly TimeSpan LongestAsked = TimeSpan.FromMinutes(10);

    /// <summary>
    /// Downloads a file. Bytes go to <c>destination.part</c>, which the next run goes on with as long as the server
    /// still has the same version of the file; the destination appears, whole and checked, at the end. Cuts and
    /// server errors (408, 429, 5xx) are tried again after 1, 2, 4, ... seconds, 30 at most, or when the server says, 10 minutes at most. Where the destination
    /// already has the expected hash nothing is asked.
    /// </summary>
    /// <param name="client">Makes the connections; should follow redirects, as it does unless told not to.</param>
    /// <param name="request">What to download, and to where.</param>
    /// <param name="options">How patient to be; the defaults where it is null.</param>
    /// <param name="progress">Hears how many megabytes (of 1,000,000 bytes) have come, and what is waited for.</param>
    /// <param name="cancellationToken">Stops the download; what came is kept.</param>
    /// <exception cref="DownloadException">The download did not end; the message says why and what to do.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static async Task RunAsync(
        HttpClient client,
        DownloadRequest request,
        DownloadOptions? options = null,
        IProgress<WorkProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        options ??= new DownloadOptions();
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Tries, 1);
        if (request.Hash is { } hash && File.Exists(request.Destination)
            && await hash.OfAsync(request.Destination, cancellationToken).ConfigureAwait(false) == hash)
        {
            return;
        }
        using var part = PartFile.Open(request);
        var transfer = new Transfer(client, request, options, part, progress);
        await Persist(transfer, request, options, part, cancellationToken).ConfigureAwait(false);
        part.Close();
        if (await Fault(request, part.Path, cancellationToken).ConfigureAwait(false) is { } fault)
        {
            part.Remove();
            throw DownloadErrors.WrongContent(request, fault);
        }
        part.MoveTo(request.Destination);
    }

    private static async Task Persist(
        Transfer transfer,
        DownloadRequest request,
        DownloadOptions options,
        PartFile part,
        CancellationToken cancellationToken)
    {
        bool connected = false;
        int tries = 0;
        // Not the length at the last try: a server that always starts again must not count as getting further.
        long furthest = part.Length;
        while (await transfer.Try(cancellationToken).ConfigureAwait(false) is { } interruption)
        {
            connected |= interruption.Connected;
            // Without a network at the start waiting does not help; one that goes away later may come back.
            if (!connected) throw DownloadErrors.NoNetwork(request, interruption);
            tries = part.Length > furthest ? 1 : tries + 1;
            furthest = Math.Max(furthest, part.Length);
            if (tries >= options.Tries) throw DownloadErrors.GaveUp(request, interruption, tries, part.Length);
            var delay = interruption.RetryAfter ?? TimeSpan.FromSeconds(Math.Min(1 << Math.Min(tries - 1, 10), LongestDelay.TotalSeconds));
            if (delay > LongestAsked) throw DownloadErrors.AskedToWait(request, interruption, delay, part.Length);
            transfer.Report($"{interruption.Reason}; trying again in {delay.TotalSeconds:0} s");
            await options.Delay(delay, cancellationToken).ConfigureAwait(false);
        }
    }

    private static async Task<string?> Fault(
        DownloadRequest request, string path, CancellationToken cancellationToken)
    {
        if (request.Hash is { } expected)
        {
            var actual = await expected.OfAsync(path, cancellationToken).ConfigureAwait(false);
            if (actual != expected) return $"has the hash {actual}, not {expected}";
        }
        return request.Check?.Invoke(path);
    }
}
