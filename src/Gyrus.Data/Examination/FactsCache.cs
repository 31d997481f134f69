using System.Globalization;
using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace Gyrus.Data;

/// <summary>
/// Keeps what was computed of each image, by the hash of its file, in an SQLite file: what was written stays after a
/// kill, and several programs can use it at once. Safe to call from many threads at once.
/// </summary>
internal sealed class FactsCache : IDisposable
{
    /// <summary>Changes whenever facts are computed in another way: older ones are then computed again.</summary>
    private const int FactsVersion = 1;

    /// <summary>The file's name in the cache's folder.</summary>
    public static readonly string FileName = string.Create(CultureInfo.InvariantCulture, $"images-{FactsVersion}.sqlite");

    /// <summary>Images a transaction: each one waits for the disk.</summary>
    private const int Batch = 256;

    private readonly Lock turn = new();
    private readonly SqliteConnection connection;
    private readonly SqliteCommand select;
    private readonly SqliteCommand insert;
    private readonly List<ImageFacts> waiting = [];

    private FactsCache(SqliteConnection connection)
    {
        this.connection = connection;
        select = Command("SELECT facts, width, height, pixels FROM images WHERE sha256 = $sha256", "$sha256");
        insert = Command(
            "INSERT OR REPLACE INTO images (sha256, facts, width, height, pixels) "
            + "VALUES ($sha256, $facts, $width, $height, $pixels)",
            "$sha256", "$facts", "$width", "$height", "$pixels");
    }

    /// <summary>Opens the cache in a folder, which is made where it is missing.</summary>
    /// <exception cref="GyrusException">The file cannot be opened or is no cache.</exception>
    public static FactsCache Open(string folder)
    {
        var path = Path.Combine(Path.GetFullPath(folder), FileName);
        SqliteConnection? connection = null;
        try
        {
            Directory.CreateDirectory(folder);
            connection = new SqliteConnection(new SqliteConnectionStringBuilder
            {
                DataSource = path,
                Pooling = false,
            }.ConnectionString);
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = """
                PRAGMA journal_mode = WAL;
                PRAGMA synchronous = NORMAL;
                PRAGMA busy_timeout = 30000;
                CREATE TABLE IF NOT EXISTS images (
                    sha256 TEXT PRIMARY KEY, facts TEXT NOT NULL, width INTEGER NOT NULL, height INTEGER NOT NULL,
                    pixels BLOB NOT NULL) WITHOUT ROWID;
                """;
            command.ExecuteNonQuery();
            return new FactsCache(connection);
        }
        catch (Exception e) when (e is SqliteException or IOException or UnauthorizedAccessException)
        {
            connection?.Dispose();
            throw Unusable(path, e);
        }
    }

    /// <summary>What is known of a file; null where it was not seen yet.</summary>
    /// <exception cref="GyrusException">The cache's file is damaged.</exception>
    public ImageFacts? Find(string sha256)
    {
        string json;
        Fingerprint fingerprint;
        try
        {
            lock (turn)
            {
                select.Parameters[0].Value = sha256;
                using var reader = select.ExecuteReader();
                if (!reader.Read()) return null;
                json = reader.GetString(0);
                fingerprint = new Fingerprint(reader.GetInt32(1), reader.GetInt32(2), reader.GetFieldValue<byte[]>(3));
            }
        }
        catch (SqliteException e)
        {
            throw Unusable(connection.DataSource, e);
        }
        return JsonSerializer.Deserialize<ImageFacts>(json, JsonSerializerOptions.Web)! with { Fingerprint = fingerprint };
    }

    /// <summary>Adds what was computed of a file.</summary>
    /// <exception cref="GyrusException">The disk is full or the file cannot be written.</exception>
    public void Add(ImageFacts facts)
    {
        lock (turn)
        {
            waiting.Add(facts);
            if (waiting.Count >= Batch) Write();
        }
    }

    /// <summary>Writes what waits.</summary>
    /// <exception cref="GyrusException">The disk is full or the file cannot be written.</exception>
    public void Flush()
    {
        lock (turn) Write();
    }

    /// <summary>Closes the file; what waits is not written.</summary>
    public void Dispose()
    {
        select.Dispose();
        insert.Dispose();
        connection.Dispose();
    }

    private static GyrusException Unusable(string path, Exception cause) => new(
        $"{path}: the cache cannot be used ({cause.Message}). Delete the file, or give another folder with --cache.",
        cause);

    private void Write()
    {
        if (waiting.Count == 0) return;
        try
        {
            using var transaction = connection.BeginTransaction();
            insert.Transaction = transaction;
            foreach (var facts in waiting)
            {
                insert.Parameters[0].Value = facts.Sha256;
                insert.Parameters[1].Value = JsonSerializer.Serialize(facts, JsonSerializerOptions.Web);
                insert.Parameters[2].Value = facts.Fingerprint.Width;
                insert.Parameters[3].Value = facts.Fingerprint.Height;
                insert.Parameters[4].Value = facts.Fingerprint.Pixels;
                insert.ExecuteNonQuery();
            }
            transaction.Commit();
            insert.Transaction = null;
        }
        catch (SqliteException e)
        {
            throw new GyrusException(
                $"{connection.DataSource}: the cache cannot be written ({e.Message}). Make room, or give another folder "
                + "with --cache.",
                e);
        }
        waiting.Clear();
    }

    private SqliteCommand Command(string text, params string[] parameters)
    {
        var command = connection.CreateCommand();
        command.CommandText = text;
        foreach (var parameter in parameters) command.Parameters.Add(new SqliteParameter { ParameterName = parameter });
        command.Prepare();
        return command;
    }
}
