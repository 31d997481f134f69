using System.Net;
using System.Net.Sockets;
using Gyrus.Imaging.Decoding;
using Gyrus.Inference;
using Gyrus.Inference.HeatMaps;
using Gyrus.Server.Problems;
using Gyrus.Server.Uploads;

namespace Gyrus.Server.Fetching;

/// <summary>
/// Fetches an image from an address that a caller names, from the public internet alone: http and https, the usual ports,
/// at most five redirects, limits of size and time. Each connection goes to an address that was looked at after the name was
/// resolved, so neither a name nor a redirect nor a changed answer of the name server leads anywhere else.
/// </summary>
internal sealed class UrlFetcher : IDisposable
{
    private const int MostRedirects = 5;
    private static readonly TimeSpan LongestConnect = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestFetch = TimeSpan.FromSeconds(20);

    private readonly FetchOptions _options;
    private readonly Func<string, CancellationToken, Task<IPAddress[]>> _resolve;
    private readonly HttpClient _client;

    /// <param name="options">What may be fetched.</param>
    /// <param name="resolve">Resolves a name.</param>
    public UrlFetcher(FetchOptions options, Func<string, CancellationToken, Task<IPAddress[]>> resolve)
    {
        (_options, _resolve) = (options, resolve);
        _client = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            ConnectTimeout = LongestConnect,
            ConnectCallback = Connect,
            MaxResponseHeadersLength = 32,
            // A connection of before would not be looked at again.
            PooledConnectionLifetime = TimeSpan.Zero,
        })
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
    }

    /// <summary>Checks that fetching is switched on.</summary>
    /// <exception cref="ServiceProblem">It is not.</exception>
    public void RequireAllowed()
    {
        if (!_options.Allowed)
            throw ServiceProblem.Forbidden("This service fetches no images by address. Send the image itself to /v1/classify.");
    }

    /// <summary>Fetches an image.</summary>
    /// <param name="url">Its address, as the caller wrote it.</param>
    /// <param name="heatMap">What heat map is wanted; none where null.</param>
    /// <param name="take">Told of bytes as they come; may refuse them.</param>
    /// <param name="cancellation">Ends the fetching.</param>
    /// <exception cref="ServiceProblem">Fetching is switched off, the address may not be fetched, or it gives no image
    /// within the limits.</exception>
    public async Task<ScanFile> Fetch(string? url, HeatMapRequest? heatMap, Action<int> take, CancellationToken cancellation)
    {
        RequireAllowed();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(LongestFetch);
        try
        {
            var address = Parse(url);
            for (int redirects = 0; redirects <= MostRedirects; redirects++)
            {
                using var response = await _client.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, limit.Token);
                if ((int)response.StatusCode is >= 300 and < 400 && response.Headers.Location is { } next)
                {
                    address = Parse(new Uri(address, next).AbsoluteUri);
                    continue;
                }
                return new ScanFile(FileName.Plain(address.AbsolutePath), await Read(response, take, limit.Token), heatMap);
            }
            throw ServiceProblem.Unprocessable($"The address redirects more than {MostRedirects} times.");
        }
        catch (HttpRequestException e) when (e.InnerException is ServiceProblem refused)
        {
            throw refused;
        }
        catch (Exception e) when (e is HttpRequestException or IOException or SocketException)
        {
            throw ServiceProblem.Unprocessable("The address cannot be fetched: nothing answers there as HTTP does.");
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw ServiceProblem.Unprocessable($"The address did not give an image within {LongestFetch.TotalSeconds:0} seconds.");
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    private Uri Parse(string? url)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
            throw ServiceProblem.Unprocessable("\"url\" is no address of http or https.");
        if (address.UserInfo.Length > 0)
            throw ServiceProblem.Unprocessable("The address holds a name or a password, which are not sent.");
        if (!address.IsDefaultPort && !IsAllowed(address.IdnHost))
            throw ServiceProblem.Unprocessable("Only the usual ports of http and https are fetched from.");
        return address;
    }

    private async ValueTask<Stream> Connect(SocketsHttpConnectionContext context, CancellationToken cancellation)
    {
        var host = context.DnsEndPoint.Host.Trim('[', ']');
        var addresses = await _resolve(host, cancellation);
        // One that is not public among several is no accident.
        if (!IsAllowed(host) && (addresses.Length == 0 || !addresses.All(PublicAddress.Is)))
            throw ServiceProblem.Unprocessable("The address is not one of the public internet, and is not fetched.");
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, context.DnsEndPoint.Port, cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private bool IsAllowed(string host) =>
        _options.Hosts.Contains(host.Trim('[', ']'), StringComparer.OrdinalIgnoreCase);

    private async Task<byte[]> Read(HttpResponseMessage response, Action<int> take, CancellationToken cancellation)
    {
        if (!response.IsSuccessStatusCode)
            throw ServiceProblem.Unprocessable($"The address answers with status {(int)response.StatusCode}.");
        var type = response.Content.Headers.ContentType?.MediaType ?? "";
        if (!ImageFormats.IsMediaType(type)
            && !type.EndsWith("/octet-stream", StringComparison.OrdinalIgnoreCase))
        {
            throw ServiceProblem.Unprocessable("The address gives no image, by its Content-Type.");
        }
        using var bytes = new MemoryStream();
        using var stream = await response.Content.ReadAsStreamAsync(cancellation);
        var buffer = new byte[81_920];
        int read;
        while ((read = await stream.ReadAsync(buffer, cancellation)) > 0)
        {
            if (bytes.Length + read > _options.LargestImage)
                throw ServiceProblem.Unprocessable($"The image there is larger than {_options.LargestImage} bytes.");
            take(read);
            bytes.Write(buffer, 0, read);
        }
        return bytes.ToArray();
    }
}
