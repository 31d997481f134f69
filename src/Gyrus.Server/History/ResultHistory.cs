using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Gyrus.Inference;
using Gyrus.Models;
using Gyrus.Server.Database;
using Gyrus.Server.Keys;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;

namespace Gyrus.Server.History;

/// <summary>The record of what was asked and answered.</summary>
internal sealed class ResultHistory(
    IDbContextFactory<ServiceDatabase> databases, KeptImages images, ScanClassifier classifier, TimeProvider time)
{
    /// <summary>Results of a page at most.</summary>
    public const int LargestPage = 500;

    /// <summary>Keeps the results of a request. What this returns from is in the database, so an answer that a caller got
    /// outlives a kill.</summary>
    /// <returns>The results' identifiers, in order.</returns>
    public async Task<IReadOnlyList<string>> Add(
        IReadOnlyList<(ScanFile File, ScanResult Result)> answers, HttpContext context, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var keyName = CallerKey.Of(context)?.Name;
        var model = Name(classifier.Package.Description);
        // Within a millisecond their order is chance, and a form's images are to stay in order.
        var ids = answers.Select(_ => Guid.CreateVersion7(now).ToString("N")).Order(StringComparer.Ordinal).ToList();
        var rows = answers.Zip(ids, (answer, id) => new StoredResult
        {
            Id = id,
            Time = now,
            Sha256 = Convert.ToHexStringLower(SHA256.HashData(answer.File.Bytes)),
            Model = model,
            KeyName = keyName,
            Label = answer.Result.Label?.Name,
            Verdict = answer.Result.Label is null ? null : AnswerJson.Verdict(answer.Result),
            Accepted = answer.Result.Accepted,
            Answer = WithoutName(answer.Result),
        }).ToList();
        using var _ = await images.Hold(cancellation);
        foreach (var ((file, result), row) in answers.Zip(rows))
        {
            if (result.Error is null) images.Keep(row.Sha256, file.Bytes);
        }
        await using var database = await databases.CreateDbContextAsync(cancellation);
        database.Results.AddRange(rows);
        await database.SaveChangesAsync(cancellation);
        return [.. rows.Select(row => row.Id)];
    }

    /// <summary>The results that pass a filter, the newest first.</summary>
    /// <param name="filter">The filter.</param>
    /// <param name="owner">Only those of the key of this name; all where null.</param>
    /// <param name="cancellation">Ends the search.</param>
    public async Task<IReadOnlyList<StoredResult>> Find(ResultFilter filter, string? owner, CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var results = Of(owner, database);
        if (filter.Before is { } before) results = results.Where(result => string.Compare(result.Id, before) < 0);
        if (filter.Label is { } label) results = results.Where(result => result.Label == label);
        if (filter.Verdict is { } verdict) results = results.Where(result => result.Verdict == verdict);
        if (filter.WantsAccepted() is { } accepted) results = results.Where(result => result.Accepted == accepted);
        if (filter.Sha256 is { } hash) results = results.Where(result => result.Sha256.StartsWith(hash));
        if (filter.Key is { } key) results = results.Where(result => result.KeyName == key);
        if (filter.From is { } from) results = results.Where(result => result.Time >= from);
        if (filter.To is { } to) results = results.Where(result => result.Time < to);
        return await results.OrderByDescending(result => result.Id).Take(filter.Limit).ToListAsync(cancellation);
    }

    /// <summary>What the results can be filtered by.</summary>
    /// <param name="owner">Only those of the key of this name; all where null.</param>
    /// <param name="cancellation">Ends the search.</param>
    public async Task<FilterValues> Values(string? owner, CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var kept = await Of(owner, database).Where(result => result.Label != null)
            .Select(result => new { result.Label, result.Verdict }).Distinct().ToListAsync(cancellation);
        return FilterValues.Of(classifier.Labels, [.. kept.Select(one => (one.Label!, one.Verdict))]);
    }

    /// <summary>One result; null where there is none of that identifier, or it is another owner's.</summary>
    public async Task<StoredResult?> Get(string id, string? owner, CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        return await Of(owner, database).SingleOrDefaultAsync(result => result.Id == id, cancellation);
    }

    private static IQueryable<StoredResult> Of(string? owner, ServiceDatabase database) =>
        owner is null ? database.Results.AsNoTracking() : database.Results.AsNoTracking().Where(result => result.KeyName == owner);

    internal static string Name(ModelDescription model) => $"{model.Name} {model.Version}";

    private static string WithoutName(ScanResult result)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            AnswerJson.WriteFields(json, result.Error is null ? result : ScanResult.Unreadable("", NamelessError.Of(result)));
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(bytes.WrittenSpan);
    }
}
