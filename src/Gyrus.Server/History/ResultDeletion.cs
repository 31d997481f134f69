using Gyrus.Server.Database;
using Gyrus.Server.Keys;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Gyrus.Server.History;

/// <summary>Takes results out of the record, and their images where no other result has them.</summary>
internal sealed partial class ResultDeletion(
    IDbContextFactory<ServiceDatabase> databases, KeptImages images, ILogger<ResultDeletion> log)
{
    /// <summary>Results that are deleted together: a statement that holds the database for long keeps answers waiting.</summary>
    private const int Batch = 500;

    /// <summary>Deletes one result, for a caller who may.</summary>
    /// <returns>Whether there was one of that identifier that the caller may delete.</returns>
    public async Task<bool> Delete(string id, HttpContext context, CancellationToken cancellation)
    {
        var owner = CallerKey.OwnerOf(context);
        using var _ = await images.Hold(cancellation);
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var result = await database.Results.SingleOrDefaultAsync(
            result => result.Id == id && (owner == null || result.KeyName == owner), cancellation);
        if (result is null) return false;
        if (await database.Results.Where(row => row.Id == id).ExecuteDeleteAsync(cancellation) == 0) return false;
        LogDeleted(id, CallerKey.Of(context)?.Name ?? "none");
        if (!await database.Results.AnyAsync(other => other.Sha256 == result.Sha256, CancellationToken.None)) images.Delete(result.Sha256);
        return true;
    }

    /// <summary>Deletes the results from before a time, and the images that are kept since before it and have no result any
    /// more.</summary>
    public async Task DeleteBefore(DateTimeOffset time, CancellationToken cancellation)
    {
        int count = 0;
        await using var database = await databases.CreateDbContextAsync(cancellation);
        for (int deleted = Batch; deleted == Batch; count += deleted)
        {
            deleted = await database.Results.Where(result => result.Time < time).OrderBy(result => result.Time).Take(Batch)
                .ExecuteDeleteAsync(cancellation);
        }
        foreach (var hashes in images.KeptBefore(time).Chunk(Batch))
        {
            using var _ = await images.Hold(cancellation);
            var used = await database.Results.Where(result => hashes.Contains(result.Sha256)).Select(result => result.Sha256)
                .ToHashSetAsync(cancellation);
            foreach (var hash in hashes.Where(hash => !used.Contains(hash))) images.Delete(hash);
        }
        if (count > 0) LogOld(count, time);
    }

    [LoggerMessage(LogLevel.Information, "Result {Id} was deleted, key {Key}")]
    private partial void LogDeleted(string id, string key);

    [LoggerMessage(LogLevel.Information, "{Count} results from before {Time:O} were deleted, as old as results are kept")]
    private partial void LogOld(int count, DateTimeOffset time);
}
