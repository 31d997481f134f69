using System.Security.Cryptography;
using Gyrus.Learning.Features;
using Gyrus.Testing;
using Xunit;

namespace Gyrus.Learning.Tests.Features;

public sealed class FeatureCacheTests
{
    private const int Count = 5;

    [Fact]
    public void Read_after_reopening_gives_what_was_appended()
    {
        using var folder = new TempFolder();
        using (var cache = OpenToWrite(folder))
        {
            cache.Append(Hash(1), Values(1));
            cache.Append(Hash(2), Values(2));
        }

        using var again = Open(folder);

        Assert.Equal(2, again.Count);
        Assert.Equal(Values(1), Read(again, 1));
        Assert.Equal(Values(2), Read(again, 2));
        Assert.False(again.Contains(Hash(3)));
        Assert.Throws<KeyNotFoundException>(() => Read(again, 3));
    }

    [Fact]
    public void Open_after_a_kill_at_any_byte_keeps_every_whole_record_and_goes_on()
    {
        using var folder = new TempFolder();
        using (var cache = OpenToWrite(folder))
        {
            for (int i = 0; i < 3; i++) cache.Append(Hash(i), Values(i));
        }
        var whole = File.ReadAllBytes(folder.File("x.features"));
        const int header = 8 + 32 + 4;
        int record = (whole.Length - header) / 3;
        for (int length = 0; length < whole.Length; length++)
        {
            File.WriteAllBytes(folder.File("x.features"), whole[..length]);
            using (var cut = OpenToWrite(folder))
            {
                Assert.Equal(Math.Max(length - header, 0) / record, cut.Count);
                for (int i = 0; i < 3; i++) cut.Append(Hash(i), Values(i));
            }
            Assert.Equal(whole, File.ReadAllBytes(folder.File("x.features")));
        }
    }

    [Fact]
    public void Open_of_a_damaged_record_drops_it_and_what_follows()
    {
        using var folder = new TempFolder();
        using (var cache = OpenToWrite(folder))
        {
            for (int i = 0; i < 3; i++) cache.Append(Hash(i), Values(i));
        }
        var bytes = File.ReadAllBytes(folder.File("x.features"));
        bytes[^(((bytes.Length - 44) / 3) + 20)] ^= 1;
        File.WriteAllBytes(folder.File("x.features"), bytes);

        using var again = Open(folder);

        Assert.Equal(1, again.Count);
        Assert.Equal(Values(0), Read(again, 0));
    }

    [Fact]
    public void Open_with_another_key_or_length_is_refused()
    {
        using var folder = new TempFolder();
        OpenToWrite(folder).Dispose();

        Assert.Throws<GyrusException>(() => FeatureCache.Open(folder.File("x.features"), "another", Count));
        Assert.Throws<GyrusException>(() => FeatureCache.Open(folder.File("x.features"), "key", Count + 1));
    }

    [Fact]
    public void BeginWriting_while_another_writes_is_refused_with_the_reason()
    {
        using var folder = new TempFolder();
        using var first = OpenToWrite(folder);
        using var second = Open(folder);

        var error = Assert.Throws<GyrusException>(second.BeginWriting);

        Assert.Contains("another gyrus", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_while_another_writes_reads_what_is_there_and_later_the_rest()
    {
        using var folder = new TempFolder();
        using var writer = OpenToWrite(folder);
        writer.Append(Hash(1), Values(1));
        using var reader = Open(folder);
        writer.Append(Hash(2), Values(2));
        writer.Dispose();

        Assert.Equal(Values(1), Read(reader, 1));
        Assert.False(reader.Contains(Hash(2)));
        reader.BeginWriting();
        Assert.Equal(Values(2), Read(reader, 2));
    }

    [Fact]
    public void Append_by_a_reader_is_refused()
    {
        using var folder = new TempFolder();
        using var cache = Open(folder);

        Assert.Throws<InvalidOperationException>(() => cache.Append(Hash(1), Values(1)));
    }

    [Fact]
    public async Task Append_from_many_threads_keeps_every_record()
    {
        using var folder = new TempFolder();
        using (var cache = OpenToWrite(folder))
        {
            await Parallel.ForAsync(0, 500, (i, _) =>
            {
                cache.Append(Hash(i % 250), Values(i % 250));
                return ValueTask.CompletedTask;
            });
        }

        using var again = Open(folder);

        Assert.Equal(250, again.Count);
        for (int i = 0; i < 250; i++) Assert.Equal(Values(i), Read(again, i));
    }

    private static FeatureCache Open(TempFolder folder) => FeatureCache.Open(folder.File("x.features"), "key", Count);

    private static FeatureCache OpenToWrite(TempFolder folder)
    {
        var cache = Open(folder);
        cache.BeginWriting();
        return cache;
    }

    private static string Hash(int i) => Convert.ToHexStringLower(SHA256.HashData(BitConverter.GetBytes(i)));

    private static float[] Values(int i) => [.. Enumerable.Range(0, Count).Select(n => (float)Math.Sin((i * 10) + n))];

    private static float[] Read(FeatureCache cache, int i)
    {
        var values = new float[Count];
        cache.Read(Hash(i), values);
        return values;
    }
}
