namespace Gyrus.Server.Database;

/// <summary>A key as it is kept: its secret is not, only a hash.</summary>
internal sealed class ApiKey
{
    /// <summary>Eight hexadecimal digits that stand in the key and tell which one it is.</summary>
    public required string Id { get; init; }

    /// <summary>Who has it; in the record of results.</summary>
    public required string Name { get; init; }

    /// <summary>SHA-256 of the secret. The secret has 256 random bits, so a slow hash would protect no better.</summary>
    public required byte[] Hash { get; init; }

    /// <summary>Requests a minute that it is good for.</summary>
    public required int PerMinute { get; init; }

    /// <summary>Whether it sees, and may delete, the results of all keys; otherwise those of its own name alone.</summary>
    public bool AllResults { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset Created { get; init; }

    /// <summary>Since when it is refused; null while it is good.</summary>
    public DateTimeOffset? Revoked { get; set; }
}
