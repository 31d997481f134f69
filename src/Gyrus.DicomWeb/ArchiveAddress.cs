using System.Net.Http.Headers;
using System.Text;

namespace Gyrus.DicomWeb;

/// <summary>Where an archive answers DICOMweb (PS3.18), and who asks.</summary>
/// <param name="Address">The service's root, such as <c>https://archive.example/dicom-web/</c>.</param>
/// <param name="Credentials">How the caller makes itself known; null for not at all.</param>
public sealed record ArchiveAddress(Uri Address, AuthenticationHeaderValue? Credentials = null)
{
    /// <summary>The environment variables that hold who asks.</summary>
    public const string UserVariable = "GYRUS_DICOMWEB_USER", PasswordVariable = "GYRUS_DICOMWEB_PASSWORD", TokenVariable = "GYRUS_DICOMWEB_TOKEN";

    private const string Scheme = "dicomweb:";

    /// <summary>Whether a text names an archive.</summary>
    /// <param name="text">Such as <c>dicomweb:http://host/dicom-web</c>.</param>
    public static bool Names(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>The archive that a text names, with the caller's credentials: a token, else a user and a password.</summary>
    /// <param name="text">Such as <c>dicomweb:http://host/dicom-web</c>.</param>
    /// <param name="environment">Reads an environment variable.</param>
    /// <exception cref="GyrusException">It names none, or has a password in it, which would be seen in lists of processes.</exception>
    public static ArchiveAddress Parse(string text, Func<string, string?> environment)
    {
        ArgumentNullException.ThrowIfNull(environment);
        if (!Names(text) || !Uri.TryCreate(text[Scheme.Length..].TrimEnd('/') + "/", UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
            throw new GyrusException($"'{text}' names no archive. Give the root of its DICOMweb service, as dicomweb:https://archive.example/dicom-web.");
        if (address.UserInfo.Length > 0)
            throw new GyrusException($"{Scheme}{address.Scheme}://{address.Host}: a password does not belong into an address. Put it into {UserVariable} and {PasswordVariable}.");
        if (environment(TokenVariable) is { Length: > 0 } token) return new(address, new AuthenticationHeaderValue("Bearer", token));
        return environment(UserVariable) is not { Length: > 0 } user ? new(address)
            : new(address, new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{environment(PasswordVariable)}"))));
    }

    /// <summary>Why credentials are better not sent there, as a sentence; null where nothing speaks against it.</summary>
    public string? Warning => Credentials is null || Address.Scheme == "https" || Address.IsLoopback ? null
        : $"{Address.Host}: the credentials go over the network in clear. Use https.";
}
