namespace Gyrus.Cluster.Packages;

/// <inheritdoc cref="IPackage"/>
internal sealed class Package([PersistentState("package")] IPersistentState<StoredPackage> stored) : Grain, IPackage
{
    public Task<PackageFile[]?> Files() => Task.FromResult(stored.RecordExists ? stored.State.Files.ToArray() : null);

    public Task Keep(PackageFile[] files)
    {
        if (stored.RecordExists) return Task.CompletedTask;
        stored.State.Files = [.. files];
        return stored.WriteStateAsync();
    }
}

/// <inheritdoc cref="IPackagePart"/>
internal sealed class PackagePart([PersistentState("part")] IPersistentState<StoredPart> stored) : Grain, IPackagePart
{
    public async Task Write(byte[] bytes)
    {
        if (stored.RecordExists && stored.State.Bytes.AsSpan().SequenceEqual(bytes)) return;
        stored.State.Bytes = bytes;
        await stored.WriteStateAsync();
        DeactivateOnIdle();
    }

    public Task<byte[]> Read()
    {
        // A megabyte, and asked for by each node once.
        DeactivateOnIdle();
        return Task.FromResult(stored.State.Bytes);
    }
}

/// <summary>A package as it is stored.</summary>
[GenerateSerializer, Alias("gyrus.stored-package")]
internal sealed class StoredPackage
{
    /// <summary>Its files, in the order of their parts.</summary>
    [Id(0)]
    public List<PackageFile> Files { get; set; } = [];
}

/// <summary>A part as it is stored.</summary>
[GenerateSerializer, Alias("gyrus.stored-part")]
internal sealed class StoredPart
{
    /// <summary>What it holds.</summary>
    [Id(0)]
    public byte[] Bytes { get; set; } = [];
}
