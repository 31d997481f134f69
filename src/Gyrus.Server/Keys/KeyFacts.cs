namespace Gyrus.Server.Keys;

/// <summary>What may be told of a key.</summary>
/// <param name="Name">Who has it.</param>
/// <param name="PerMinute">Requests a minute that it is good for.</param>
/// <param name="AllResults">Whether it sees, and may delete, the results of all keys.</param>
/// <param name="Created">When it was made.</param>
/// <param name="Revoked">Since when it is refused; null while it is good.</param>
public sealed record KeyFacts(string Name, int PerMinute, bool AllResults, DateTimeOffset Created, DateTimeOffset? Revoked);
