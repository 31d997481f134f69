namespace Gyrus.Cluster.Packages;

/// <summary>Brings model packages into a cluster's store and out of it.</summary>
public static class PackageTransfer
{
    /// <summary>Puts a package into the store, where it is not there.</summary>
    /// <param name="grains">The cluster.</param>
    /// <param name="folder">The package.</param>
    /// <returns>Its hash.</returns>
    public static async Task<string> Store(IGrainFactory grains, string folder)
    {
        ArgumentNullException.ThrowIfNull(grains);
        var hash = PackageHash.Of(folder);
        var package = grains.GetGrain<IPackage>(hash);
        if (await package.Files() is not null) return hash;
        var files = PackageHash.Files(folder);
        int number = 0;
        foreach (var part in Parts(files.Select(name => Path.Combine(folder, name)))) await grains.GetGrain<IPackagePart>(number++, hash).Write(part);
        await package.Keep([.. files.Select(name => new PackageFile(name, new FileInfo(Path.Combine(folder, name)).Length))]);
        return hash;
    }

    /// <summary>Gets a package out of the store, into a folder named by its hash; once on a machine.</summary>
    /// <param name="grains">The cluster.</param>
    /// <param name="hash">The package's hash.</param>
    /// <param name="cache">The folder of all packages; made where it is missing.</param>
    /// <returns>The package's folder.</returns>
    /// <exception cref="GyrusException">The store does not have it, or has something else under its name.</exception>
    public static async Task<string> Fetch(IGrainFactory grains, string hash, string cache)
    {
        ArgumentNullException.ThrowIfNull(grains);
        var folder = Path.Combine(cache, hash);
        if (Directory.Exists(folder)) return folder;
        var files = await grains.GetGrain<IPackage>(hash).Files()
            ?? throw new GyrusException($"The cluster's store does not have the model package {hash}. Begin the job again, which brings it.");
        var temporary = folder + ".tmp-" + Path.GetRandomFileName();
        try
        {
            await Write(grains, hash, files, temporary);
            if (PackageHash.Of(temporary) != hash)
                throw new GyrusException($"What the cluster's store has as the model package {hash} is something else. Begin the job again with another copy of the package.");
            Publish(temporary, folder);
            return folder;
        }
        finally
        {
            if (Directory.Exists(temporary)) Directory.Delete(temporary, recursive: true);
        }
    }

    private static async Task Write(IGrainFactory grains, string hash, IReadOnlyList<PackageFile> files, string folder)
    {
        int number = 0;
        var part = ReadOnlyMemory<byte>.Empty;
        foreach (var file in files)
        {
            var path = Path.GetFullPath(Path.Combine(folder, file.Name));
            if (!path.StartsWith(Path.GetFullPath(folder) + Path.DirectorySeparatorChar, StringComparison.Ordinal))
                throw new GyrusException($"The model package {hash} names a file outside of it, {file.Name}. Do not use it.");
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await using var stream = new FileStream(path, FileMode.CreateNew);
            for (long left = file.Size; left > 0;)
            {
                if (part.IsEmpty) part = await grains.GetGrain<IPackagePart>(number++, hash).Read();
                if (part.IsEmpty) throw new GyrusException($"The cluster's store lacks a part of the model package {hash}. Begin the job again, which brings it.");
                var taken = part[..(int)Math.Min(left, part.Length)];
                await stream.WriteAsync(taken);
                part = part[taken.Length..];
                left -= taken.Length;
            }
            stream.Flush(flushToDisk: true);
        }
    }

    private static void Publish(string temporary, string folder)
    {
        try
        {
            Directory.Move(temporary, folder);
        }
        catch (IOException) when (Directory.Exists(folder))
        {
            // Another process of this machine was faster.
        }
    }

    private static IEnumerable<byte[]> Parts(IEnumerable<string> paths)
    {
        var part = new byte[IPackagePart.Size];
        int filled = 0;
        foreach (var path in paths)
        {
            using var stream = File.OpenRead(path);
            for (int read; (read = stream.Read(part, filled, part.Length - filled)) > 0;)
            {
                filled += read;
                if (filled < part.Length) continue;
                yield return part;
                (part, filled) = (new byte[IPackagePart.Size], 0);
            }
        }
        if (filled > 0) yield return part[..filled];
    }
}
