using Gyrus.Data.Copies;
using Gyrus.Data.Examining;
using Gyrus.Data.Metadata;
using Gyrus.Data.Surroundings;
using Gyrus.Imaging.Decoding;
using Gyrus.Testing;
using Microsoft.Data.Sqlite;
using Xunit;

namespace Gyrus.Data.Tests.Examining;

public sealed class FactsCacheTests : IDisposable
{
    private const int Batch = 256;

    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void What_was_added_is_found_again_whole()
    {
        var facts = Facts(3);
        using (var cache = FactsCache.Open(folder.Path))
        {
            cache.Add(facts);
            cache.Flush();
        }

        using var again = FactsCache.Open(folder.Path);
        var found = again.Find(facts.Sha256);

        Assert.NotNull(found);
        Assert.Equal(facts.Fingerprint.Pixels, found.Fingerprint.Pixels);
        Assert.Equal((128, 90), (found.Fingerprint.Width, found.Fingerprint.Height));
        Assert.Equivalent(facts, found, strict: true);
        Assert.Null(again.Find(Sha256(4)));
    }

    [Fact]
    public void What_was_written_outlives_a_kill_and_what_waits_is_lost()
    {
        var killed = FactsCache.Open(folder.Path);
        for (int i = 0; i < Batch + 10; i++) killed.Add(Facts(i));
        // As after a kill: the files as they are now, opened by another.
        using var copied = new TempFolder();
        foreach (var file in Directory.EnumerateFiles(folder.Path))
            File.Copy(file, copied.File(Path.GetFileName(file)));

        using var cache = FactsCache.Open(copied.Path);

        Assert.All(Enumerable.Range(0, Batch), i => Assert.NotNull(cache.Find(Sha256(i))));
        Assert.All(Enumerable.Range(Batch, 10), i => Assert.Null(cache.Find(Sha256(i))));
        killed.Dispose();
    }

    [Fact]
    public void Two_write_and_read_at_once()
    {
        using var one = FactsCache.Open(folder.Path);
        using var other = FactsCache.Open(folder.Path);

        Parallel.For(0, 4 * Batch, i =>
        {
            var cache = i % 2 == 0 ? one : other;
            cache.Add(Facts(i % 700));
            cache.Find(Sha256(i / 2));
        });
        one.Flush();
        other.Flush();

        Assert.All(Enumerable.Range(0, 700), i =>
        {
            Assert.NotNull(one.Find(Sha256(i)));
            Assert.NotNull(other.Find(Sha256(i)));
        });
    }

    [Fact]
    public void A_file_that_is_no_cache_is_named()
    {
        var path = Path.Combine(folder.Path, FactsCache.FileName);
        FactsCache.Open(folder.Path).Dispose();
        Assert.True(File.Exists(path));
        File.WriteAllText(path, new string('x', 5000));

        var fault = Assert.Throws<GyrusException>(() => FactsCache.Open(folder.Path));

        Assert.StartsWith(path, fault.Message, StringComparison.Ordinal);
        Assert.Contains("give the cache another folder", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_damaged_further_on_is_named()
    {
        using (var cache = FactsCache.Open(folder.Path))
        {
            for (int i = 0; i < 2 * Batch; i++) cache.Add(Facts(i));
        }
        var path = Path.Combine(folder.Path, FactsCache.FileName);
        var bytes = File.ReadAllBytes(path);
        new Random(1).NextBytes(bytes.AsSpan(8192));
        File.WriteAllBytes(path, bytes);

        var fault = Assert.Throws<GyrusException>(() =>
        {
            using var cache = FactsCache.Open(folder.Path);
            for (int i = 0; i < 2 * Batch; i++) cache.Find(Sha256(i));
        });

        Assert.StartsWith(path, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_table_of_another_shape_is_named()
    {
        var path = Path.Combine(folder.Path, FactsCache.FileName);
        using (var connection = new SqliteConnection($"Data Source={path};Pooling=False"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "CREATE TABLE images (something TEXT)";
            command.ExecuteNonQuery();
        }

        Assert.StartsWith(
            path, Assert.Throws<GyrusException>(() => FactsCache.Open(folder.Path)).Message, StringComparison.Ordinal);
    }

    private static string Sha256(int number) => $"{number:x64}";

    [Theory]
    [InlineData("facts = 'null'")]
    [InlineData("facts = '{}'")]
    [InlineData("facts = replace(facts, '\"headShare\":', '\"headShare\":9')")]
    [InlineData("facts = replace(facts, '\"columns\":[', '\"columns\":[1,')")]
    [InlineData("facts = replace(facts, '\"acquisition\":[', '\"acquisition\":[1,')")]
    [InlineData("facts = replace(facts, '\"metadata\":', '\"metadata\":null,\"x\":')")]
    [InlineData("width = 4")]
    [InlineData("height = -1")]
    [InlineData("pixels = x'00'")]
    public void A_row_that_says_what_no_image_has_is_refused(string change)
    {
        using (var cache = FactsCache.Open(folder.Path))
        {
            cache.Add(Facts(1));
            cache.Flush();
        }
        var path = Path.Combine(folder.Path, FactsCache.FileName);
        using (var connection = new SqliteConnection($"Data Source={path};Pooling=False"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = $"UPDATE images SET {change}";
            Assert.Equal(1, command.ExecuteNonQuery());
        }

        using var again = FactsCache.Open(folder.Path);
        Assert.StartsWith(path, Assert.Throws<GyrusException>(() => again.Find(Sha256(1))).Message, StringComparison.Ordinal);
    }

    private static ImageFacts Facts(int number)
    {
        var random = new Random(number);
        var pixels = new byte[128 * 90];
        random.NextBytes(pixels);
        byte[] rgb = [.. Enumerable.Range(0, 60 * 50 * 3).Select(i => (byte)(i * number))];
        var scan = new Scan(60, 50, "RGB", "png", rgb);
        return new ImageFacts(
            Sha256(number), 60, 50, "RGB", "png", SurroundingsExaminer.Examine(scan),
            [new MetadataFinding("EXIF Artist", "A. Nobody", "name")])
        {
            Blank = number % 2 == 0,
            Chroma = number / 7.0,
            Fingerprint = new Fingerprint(128, 90, pixels),
        };
    }
}
