using System.Security.Cryptography;
using Gyrus.Server.Database;
using Microsoft.EntityFrameworkCore;

namespace Gyrus.Server.Keys;

/// <summary>The keys that callers identify themselves with.</summary>
public sealed class KeyStore
{
    /// <summary>Requests a minute that a key is good for unless told otherwise.</summary>
    public const int UsualPerMinute = 600;

    /// <summary>The name of the key that is good beside those of the database in the record.</summary>
    private const string FixedName = "GYRUS_KEY";

    private const int LongestName = 100;
    private readonly IDbContextFactory<ServiceDatabase> _databases;
    private readonly TimeProvider _time;
    private readonly ApiKey? _fixed;
    // Once true it stays: keys are taken back, and never deleted.
    private volatile bool _anyEver;

    /// <param name="databases">Where the keys are.</param>
    /// <param name="time">The clock.</param>
    /// <param name="fixedKey">A key that is good beside these; null for none.</param>
    internal KeyStore(IDbContextFactory<ServiceDatabase> databases, TimeProvider time, string? fixedKey = null)
    {
        (_databases, _time) = (databases, time);
        if (fixedKey is null) return;
        _fixed = new ApiKey
        {
            Id = FixedName,
            Name = FixedName,
            Hash = KeyText.HashOf(fixedKey),
            PerMinute = UsualPerMinute,
            Created = time.GetUtcNow(),
        };
    }

    /// <summary>Opens the keys of a service, which may be running.</summary>
    /// <param name="options">Where they are.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="GyrusException">The database cannot be opened.</exception>
    public static KeyStore Open(DatabaseOptions options, TimeProvider time)
    {
        DatabaseSetUp.Migrate(options);
        return new KeyStore(DatabaseSetUp.Factory(options), time);
    }

    /// <summary>Makes a key.</summary>
    /// <param name="name">Who is to have it.</param>
    /// <param name="perMinute">Requests a minute that it is good for, at least 1.</param>
    /// <param name="allResults">Whether it sees, and may delete, the results of all keys; those of its own name alone unless told
    /// so.</param>
    /// <returns>The key, which cannot be had again.</returns>
    /// <exception cref="GyrusException">There is a good key of that name, or a value is out of range.</exception>
    public string Add(string name, int perMinute, bool allResults = false)
    {
        if (string.IsNullOrWhiteSpace(name) || name.Length > LongestName || name.Any(char.IsControl) || name == FixedName)
            throw new GyrusException($"A key's name has 1 to {LongestName} characters, and is not {FixedName}.");
        if (perMinute < 1) throw new GyrusException("A key's requests per minute are 1 at least.");
        using var database = _databases.CreateDbContext();
        if (database.Keys.Any(key => key.Name == name && key.Revoked == null))
            throw new GyrusException($"There is a key of the name '{name}'. Choose another name, or take that key back first.");
        var text = KeyText.Draw();
        database.Keys.Add(new ApiKey
        {
            Id = text.Id,
            Name = name,
            Hash = text.Hash,
            PerMinute = perMinute,
            AllResults = allResults,
            Created = _time.GetUtcNow(),
        });
        database.SaveChanges();
        return text.ToString();
    }

    /// <summary>Takes a key back: requests with it are refused from now on.</summary>
    /// <exception cref="GyrusException">There is no key of that name.</exception>
    public void Revoke(string name)
    {
        using var database = _databases.CreateDbContext();
        var key = database.Keys.Where(key => key.Name == name).OrderBy(key => key.Revoked != null).FirstOrDefault()
            ?? throw new GyrusException($"There is no key of the name '{name}'. List the keys to see their names.");
        key.Revoked ??= _time.GetUtcNow();
        database.SaveChanges();
    }

    /// <summary>All keys, those taken back too, the oldest first.</summary>
    public IReadOnlyList<KeyFacts> List()
    {
        using var database = _databases.CreateDbContext();
        return [.. database.Keys.AsNoTracking().OrderBy(key => key.Created).ThenBy(key => key.Name).AsEnumerable()
            .Select(key => new KeyFacts(key.Name, key.PerMinute, key.AllResults, key.Created, key.Revoked))];
    }

    /// <summary>Whether there is a key or was one: taking the last one back must not open the service to everybody.</summary>
    internal async Task<bool> AnyEver(CancellationToken cancellation)
    {
        if (_fixed is not null || _anyEver) return true;
        await using var database = await _databases.CreateDbContextAsync(cancellation);
        return _anyEver = await database.Keys.AnyAsync(cancellation);
    }

    /// <summary>Whether there is a key that is good.</summary>
    internal async Task<bool> AnyGood(CancellationToken cancellation)
    {
        if (_fixed is not null) return true;
        await using var database = await _databases.CreateDbContextAsync(cancellation);
        return await database.Keys.AnyAsync(key => key.Revoked == null, cancellation);
    }

    /// <summary>The key that a caller gave; null where it is none, or was taken back.</summary>
    internal async Task<ApiKey?> Find(string? text, CancellationToken cancellation)
    {
        if (_fixed is not null && text is not null
            && CryptographicOperations.FixedTimeEquals(_fixed.Hash, KeyText.HashOf(text)))
        {
            return _fixed;
        }
        if (KeyText.Parse(text) is not { } given) return null;
        await using var database = await _databases.CreateDbContextAsync(cancellation);
        var key = await database.Keys.AsNoTracking().SingleOrDefaultAsync(key => key.Id == given.Id, cancellation);
        return key is { Revoked: null } && CryptographicOperations.FixedTimeEquals(key.Hash, given.Hash) ? key : null;
    }
}
