using System.Diagnostics;
using Gyrus.Imaging.Decoding;
using Xunit;

namespace Gyrus.Imaging.Tests;

/// <summary>Alone in the process while it runs, since it watches the process's memory.</summary>
[CollectionDefinition(nameof(AloneInTheProcess), DisableParallelization = true)]
public sealed class AloneInTheProcess;

/// <summary>Ten thousand damaged files, the same on every run.</summary>
[Collection(nameof(AloneInTheProcess))]
public sealed class MutatedFileTests(ITestOutputHelper output)
{
    private const int Files = 10_000;
    private const int WarmUp = 2_000;

    /// <summary>What the process may still grow after the warm-up: pools and arenas of the allocators, not 8,000
    /// images.</summary>
    private const long GrowthAllowed = 64L << 20;

    /// <summary>For all files, which take some seconds: a decoder that hangs fails the test.</summary>
    private const int LongestMilliseconds = 240_000;

    [Fact(Timeout = LongestMilliseconds)]
    public Task Ten_thousand_mutated_files_decode_or_throw_ScanException_without_growth() =>
        Task.Run(DecodeAll, TestContext.Current.CancellationToken);

    private void DecodeAll()
    {
        byte[][] seeds =
        [
            TestImages.Png(3), TestImages.Png(4, sixteen: true), TestImages.PalettePng(), TestImages.Jpeg(3),
            TestImages.Jpeg(1), TestImages.Jpeg(4, cmyk: true), TestImages.Tiff(3), TestImages.Tiff(1, sixteen: true),
            TestImages.Tiff(4, cmyk: true), TestImages.PaletteTiff(TestImages.Samples(1), new byte[768]),
            TestImages.Webp(3), TestImages.Webp(4), TestImages.Bmp24(),
            TestImages.Bmp(5, 2, 8, [2, 1, 0, 3, 2, 3, 4, 0, 0, 0, 0, 2, 2, 0, 1, 3, 0, 1], 1, new byte[20]),
            TestImages.Bmp(2, 1, 16, [0xE0, 0x07, 0xFF, 0xFF], 3, [0, 0xF8, 0, 0, 0xE0, 0x07, 0, 0, 0x1F, 0, 0, 0]),
        ];
        var random = new Random(20260101);
        var faults = new Dictionary<string, int>();
        long before = 0;
        for (int i = 0; i < Files; i++)
        {
            if (i == WarmUp) before = ResidentBytes();
            var file = Mutate(seeds, random);
            string result = Decode(i, file);
            faults[result] = faults.GetValueOrDefault(result) + 1;
        }
        long growth = ResidentBytes() - before;
        foreach (var (result, count) in faults) output.WriteLine($"{count} {result}");
        output.WriteLine($"growth {growth >> 10} KiB");
        Assert.True(growth < GrowthAllowed, $"resident memory grew by {growth >> 20} MiB");
        Assert.True(faults["read"] > Files / 50, "too few mutations leave a file readable");
        Assert.True(faults["Truncated"] > Files / 5);
    }

    private static string Decode(int index, byte[] file)
    {
        try
        {
            // The limit keeps a mutated header from asking for 300 MB a file, which would only slow the test.
            var scan = ScanDecoder.Decode("mutated", file, pixelLimit: 1_000_000);
            Assert.Equal(scan.Width * scan.Height * 3, scan.Rgb.Length);
            return "read";
        }
        catch (ScanException e)
        {
            return e.Fault.ToString();
        }
        catch (Exception e) when (e is not Xunit.Sdk.IAssertionException)
        {
            throw new InvalidOperationException($"mutated file {index}: {e.GetType()} instead of ScanException", e);
        }
    }

    private static byte[] Mutate(byte[][] seeds, Random random)
    {
        var file = (byte[])seeds[random.Next(seeds.Length)].Clone();
        switch (random.Next(5))
        {
            case 0: // One to eight bits flipped anywhere.
                for (int n = random.Next(1, 9); n > 0; n--)
                    file[random.Next(file.Length)] ^= (byte)(1 << random.Next(8));
                return file;
            case 1: // Bytes of the header replaced, by extreme values as often as by any.
                for (int n = random.Next(1, 5); n > 0; n--)
                {
                    file[random.Next(Math.Min(80, file.Length))] =
                        random.Next(2) == 0 ? (byte)random.Next(256) : (byte)(random.Next(2) * 255);
                }
                return file;
            case 2: // Cut off.
                return file[..random.Next(file.Length)];
            case 3: // Begun as one file, gone on as another.
                var other = seeds[random.Next(seeds.Length)];
                return [.. file[..random.Next(file.Length)], .. other[random.Next(other.Length)..]];
            default: // A piece left out, or there twice.
                int from = random.Next(file.Length), to = random.Next(file.Length);
                return [.. file[..from], .. file[to..]];
        }
    }

    private static long ResidentBytes()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        using var process = Process.GetCurrentProcess();
        return process.WorkingSet64;
    }
}
