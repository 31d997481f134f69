namespace Gyrus.Server.Fetching;

/// <summary>What may be fetched.</summary>
/// <param name="Allowed">Whether anything may.</param>
/// <param name="Hosts">Hosts that may be fetched from wherever they are, such as a private archive.</param>
/// <param name="LargestImage">Bytes of an image at most.</param>
internal sealed record FetchOptions(bool Allowed, IReadOnlyList<string> Hosts, int LargestImage);
