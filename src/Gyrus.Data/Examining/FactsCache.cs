using System.Globalization;
using System.Text.Json;
using Gyrus.Data.Copies;
using Gyrus.Data.Surroundings;
using Gyrus.Imaging.Acquisition;
using Gyrus.Imaging.Tensors;
using Microsoft.Data.Sqlite;

namespace Gyrus.Data.Examining;

/// <summary>
/// Keeps what was computed of each image, by the hash of its file, in an SQLite file: what was written stays after a
/// kill, and several programs can use it at once. Safe to call from many threads at once.
/// </summary>
internal sealed class FactsCache : IDisposable
{
    /// <summary>Changes whenever facts are computed in another way from the same pixels: older ones are then computed again.</summary>
    private const int FactsVersion = 2;

    /// <summary>The file's name in the cache's folder.</summary>
    public static readonly string FileName = string.Create(
        CultureInfo.InvariantCulture, $"images-{FactsVersion}-{ScanTensor.InputVersion}.sqlite");

    /// <summary>Images a transaction: each one waits for the disk.</summary>
    private const int Batch = 256;

    private static readonly JsonSerializerOptions Strict = new(JsonSerializerDefaults.Web)
    {
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    private readonly Lock turn = new();
    private readonly SqliteConnection connection;
    private readonly SqliteCommand select;
    private readonly SqliteCommand insert;
    private readonly SqliteCommand selectFingerprint;
    private readonly SqliteCommand insertFingerprint;
    private readonly List<(string Sha256, string? Facts, Fingerprint Fingerprint)> waiting = [];

    private FactsCache(SqliteConnection connection)
    {
        this.connection = connection;
        select = Command("SELECT facts, width, height, pixels FROM images WHERE sha256 = $sha256", "$sha256");
        insert = Command(
            "INSERT OR REPLACE INTO images (sha256, facts, width, height, pixels) "
            + "VALUES ($sha256, $facts, $width, $height, $pixels)",
            "$sha256", "$facts", "$width", "$height", "$pixels");
        selectFingerprint = Command(
            "SELECT width, height, pixels FROM images WHERE sha256 = $sha256 "
            + "UNION ALL SELECT width, height, pixels FROM fingerprints WHERE sha256 = $sha256 LIMIT 1",
            "$sha256");
        insertFingerprint = Command(
            "INSERT OR REPLACE INTO fingerprints (sha256, width, height, pixels) VALUES ($sha256, $width, $height, $pixels)",
            "$sha256", "$width", "$height", "$pixels");
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
                CREATE TABLE IF NOT EXISTS fingerprints (
                    sha256 TEXT PRIMARY KEY, width INTEGER NOT NULL, height INTEGER NOT NULL, pixels BLOB NOT NULL) WITHOUT ROWID;
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
    public ImageFacts? Find(string sha256) => Find(select, sha256, reader =>
        InRange(JsonSerializer.Deserialize<ImageFacts>(reader.GetString(0), Strict)) with { Fingerprint = FingerprintAt(reader, 1) });

    /// <summary>A file's fingerprint, of whichever command kept it; null where it was not seen yet.</summary>
    /// <exception cref="GyrusException">The cache's file is damaged.</exception>
    public Fingerprint? FindFingerprint(string sha256) => Find(selectFingerprint, sha256, reader => FingerprintAt(reader, 0));

    /// <summary>Adds what was computed of a file.</summary>
    /// <exception cref="GyrusException">The disk is full or the file cannot be written.</exception>
    public void Add(ImageFacts facts) =>
        Add((facts.Sha256, JsonSerializer.Serialize(facts, Strict), facts.Fingerprint));

    /// <summary>Adds the fingerprint of a file of which nothing else was computed.</summary>
    /// <exception cref="GyrusException">The disk is full or the file cannot be written.</exception>
    public void Add(string sha256, Fingerprint fingerprint) => Add((sha256, null, fingerprint));

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
        selectFingerprint.Dispose();
        insertFingerprint.Dispose();
        connection.Dispose();
    }

    private static ImageFacts InRange(ImageFacts? facts) =>
        facts is { Width: > 0, Height: > 0, Surroundings: { HeadShare: >= 0 and <= 1, Columns.Length: SurroundingsColumns.Count } around }
            && double.IsFinite(facts.Chroma) && around.Columns.All(float.IsFinite)
            && facts.Acquisition.Length == AcquisitionColumns.Count && facts.Acquisition.All(float.IsFinite)
            ? facts
            : throw new InvalidDataException("what it says of an image is out of range");

    private static Fingerprint FingerprintAt(SqliteDataReader reader, int column)
    {
        long width = reader.GetInt64(column), height = reader.GetInt64(column + 1);
        var pixels = reader.GetFieldValue<byte[]>(column + 2);
        return width is > 0 and <= Fingerprint.LongSide && height is > 0 and <= Fingerprint.LongSide && pixels.Length == width * height
            ? new Fingerprint((int)width, (int)height, pixels)
            : throw new InvalidDataException("a fingerprint in it is of another size than it says");
    }

    private T? Find<T>(SqliteCommand command, string sha256, Func<SqliteDataReader, T> read)
        where T : class
    {
        try
        {
            lock (turn)
            {
                command.Parameters[0].Value = sha256;
                using var reader = command.ExecuteReader();
                return reader.Read() ? read(reader) : null;
            }
        }
        catch (Exception e) when (e is SqliteException or JsonException or InvalidDataException)
        {
            throw Unusable(connection.DataSource, e);
        }
    }

    private void Add((string Sha256, string? Facts, Fingerprint Fingerprint) one)
    {
        lock (turn)
        {
            waiting.Add(one);
            if (waiting.Count >= Batch) Write();
        }
    }

    private static GyrusException Unusable(string path, Exception cause) => new(
        $"{path}: the cache cannot be used ({cause.Message}). Delete the file, or give the cache another folder.",
        cause);

    private void Write()
    {
        if (waiting.Count == 0) return;
        try
        {
            using var transaction = connection.BeginTransaction();
            foreach (var (sha256, facts, fingerprint) in waiting)
            {
                var command = facts is null ? insertFingerprint : insert;
                command.Transaction = transaction;
                command.Parameters["$sha256"].Value = sha256;
                if (facts is not null) command.Parameters["$facts"].Value = facts;
                command.Parameters["$width"].Value = fingerprint.Width;
                command.Parameters["$height"].Value = fingerprint.Height;
                command.Parameters["$pixels"].Value = fingerprint.Pixels;
                command.ExecuteNonQuery();
            }
            transaction.Commit();
            insert.Transaction = insertFingerprint.Transaction = null;
        }
        catch (SqliteException e)
        {
            throw new GyrusException(
                $"{connection.DataSource}: the cache cannot be written ({e.Message}). Make room, or give "
                + "the cache another folder.",
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
