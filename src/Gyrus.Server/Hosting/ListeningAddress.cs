using System.Net;

namespace Gyrus.Server.Hosting;

/// <summary>An address that the service listens on.</summary>
internal static class ListeningAddress
{
    /// <summary>Whether this machine alone can reach an address.</summary>
    /// <param name="url">Such as <c>http://127.0.0.1:8080</c>; <c>*</c> for the host is every address of the machine.</param>
    /// <exception cref="GyrusException">It is none that the service can listen on; the message says why.</exception>
    public static bool IsLoopback(string url)
    {
        // ASP.NET Core also takes * and + for all addresses, which are no host names.
        if (!Uri.TryCreate(url.Replace("//*", "//0.0.0.0", StringComparison.Ordinal)
                .Replace("//+", "//0.0.0.0", StringComparison.Ordinal), UriKind.Absolute, out var address)
            || address.Scheme is not ("http" or "https"))
        {
            throw Refusal(url, "this is no address to listen on");
        }
        if (address.Scheme == "https") throw Refusal(url, "the service speaks HTTP, and what speaks HTTPS stands before it");
        if (address.PathAndQuery != "/" || address.Fragment.Length > 0 || address.UserInfo.Length > 0)
            throw Refusal(url, "an address to listen on has a host and a port and no more");
        if (address is { Host: "localhost", Port: 0 })
            throw Refusal(url, "localhost is two addresses, which get no free port together; name one of them");
        if (address.Host == "localhost") return true;

        // Kestrel would listen on every address of the machine for any other name.
        if (!IPAddress.TryParse(address.Host, out var ip))
            throw Refusal(url, "a name is not listened on; give the address of this machine that it stands for, or * for all of them");
        return IPAddress.IsLoopback(ip);
    }

    private static GyrusException Refusal(string url, string why) =>
        new($"'{url}': {why}. Give one such as {ServiceOptions.DefaultUrl}.");
}
