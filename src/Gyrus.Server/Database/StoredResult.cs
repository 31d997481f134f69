namespace Gyrus.Server.Database;

/// <summary>What is kept of a classified image: no file name, which often holds a patient's, and no pixel
/// of it: image files are kept apart, if at all.</summary>
internal sealed class StoredResult
{
    /// <summary>32 hexadecimal digits that grow with time: a UUID of version 7 (RFC 9562).</summary>
    public required string Id { get; init; }

    /// <summary>When it was classified.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>SHA-256 of the image file, 64 lower-case hexadecimal digits.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Name and version of the model.</summary>
    public required string Model { get; init; }

    /// <summary>The name of the caller's key; null where none was needed.</summary>
    public string? KeyName { get; init; }

    /// <summary>The most probable label; null where the file could not be read.</summary>
    public string? Label { get; init; }

    /// <summary><c>tumour</c> or <c>healthy</c>; null where the file could not be read.</summary>
    public string? Verdict { get; init; }

    /// <summary>Whether the image was accepted.</summary>
    public required bool Accepted { get; init; }

    /// <summary>The answer as JSON, as it was given, without the file's name.</summary>
    public required string Answer { get; init; }
}
