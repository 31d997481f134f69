namespace Gyrus.Server.Fetching;

/// <summary>A request to fetch an image: <c>{"url": "https://…"}</c>.</summary>
/// <param name="Url">The image's address.</param>
internal sealed record AddressRequest(string? Url);
