using System.Net;
using Gyrus.Server.Database;

namespace Gyrus.Server;

/// <summary>How the service runs. The defaults are safe on a machine that others can reach.</summary>
/// <param name="Model">Folder of the model package.</param>
/// <param name="Database">Where results and keys are kept.</param>
public sealed record ServiceOptions(string Model, DatabaseOptions Database)
{
    /// <summary>The address unless others are given: this machine alone can reach it.</summary>
    public const string DefaultUrl = "http://127.0.0.1:8080";

    /// <summary>The addresses that it listens on.</summary>
    public IReadOnlyList<string> Urls { get; init; } = [DefaultUrl];

    /// <summary>Whether images are fetched from addresses that callers name; not unless told so.</summary>
    public bool AllowUrlFetch { get; init; }

    /// <summary>Hosts that may be fetched from wherever they are, such as a private archive.</summary>
    public IReadOnlyList<string> FetchAllow { get; init; } = [];

    /// <summary>Images that wait for the network at most, 1 or more; 64 unless given. A request that would make them more is
    /// answered 503.</summary>
    public int QueueLimit { get; init; } = 64;

    /// <summary>Images of one request at most, 1 to <see cref="QueueLimit"/>; 32 unless given.</summary>
    public int MostImages { get; init; } = 32;

    /// <summary>Bytes of one image file at most; 32 MiB unless given.</summary>
    public int LargestImage { get; init; } = 32 << 20;

    /// <summary>Bytes that the bodies of all requests at work may take together; 512 MiB unless given. A request that would
    /// make them more is answered 503, or 413 where it alone does.</summary>
    public long BodyMemory { get; init; } = 512L << 20;

    /// <summary>Whether the image files that were classified are kept, in the data folder; not unless told so.</summary>
    public bool KeepImages { get; init; }

    /// <summary>A key that is good beside those of the database, where a deployment gives one from its own store of
    /// secrets; null for none. At least <see cref="ShortestFixedKey"/> characters.</summary>
    public string? FixedKey { get; init; }

    /// <summary>Characters of <see cref="FixedKey"/> at least, as many as those of AWS API Gateway's keys.</summary>
    public const int ShortestFixedKey = 20;

    /// <summary>Whether an address other than this machine's own is listened on.</summary>
    public bool IsReachable => Urls.Any(url => !IsLoopback(url));

    /// <summary>Checks the ranges.</summary>
    /// <exception cref="GyrusException">An option is out of range; the message says which.</exception>
    public void Check()
    {
        if (Urls.Count == 0) throw new GyrusException("--urls needs an address, such as " + DefaultUrl);
        foreach (var url in Urls) _ = IsLoopback(url);
        if (QueueLimit < 1) throw new GyrusException("The queue holds at least one image.");
        if (MostImages < 1 || MostImages > QueueLimit)
            throw new GyrusException($"A request has 1 to {QueueLimit} images, which is what the queue holds.");
        if (FixedKey is { Length: < ShortestFixedKey })
            throw new GyrusException($"GYRUS_KEY has at least {ShortestFixedKey} characters, that nobody can guess.");
        if (LargestImage < 1) throw new GyrusException("An image has at least one byte.");
    }

    private static bool IsLoopback(string url)
    {
        // ASP.NET Core also takes * and + for all addresses, which are no host names.
        if (!Uri.TryCreate(url.Replace("//*", "//0.0.0.0", StringComparison.Ordinal)
                .Replace("//+", "//0.0.0.0", StringComparison.Ordinal), UriKind.Absolute, out var address)
            || address.Scheme is not ("http" or "https"))
        {
            throw new GyrusException($"--urls {url}: this is no address to listen on. Give one such as {DefaultUrl}.");
        }
        return address.Host == "localhost" || (IPAddress.TryParse(address.Host, out var ip) && IPAddress.IsLoopback(ip));
    }
}
