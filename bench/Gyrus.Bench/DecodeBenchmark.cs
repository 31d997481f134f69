using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Gyrus.Imaging.Decoding;
using Gyrus.Imaging.Tensors;
using NetVips;

namespace Gyrus.Bench;

/// <summary>A JPEG of 512 x 512 pixels, quality 90, to 299 x 299, on one core, against NetVips as it comes. The peers
/// stop at 8-bit pixels; Gyrus goes on to the normalised tensor.</summary>
[Config(typeof(ShortInThisProcess))]
[MemoryDiagnoser]
public class DecodeBenchmark
{
    private const int SourceSide = 512;
    private const int Side = 299;

    private readonly Preprocessing preprocessing = new(Side, ResampleKernel.Bilinear, Normalisation.Tf);
    private readonly float[] tensor = new float[3 * Side * Side];
    private byte[] jpeg = [];
    private Scan scan = new(1, 1, "RGB", "png", new byte[3]);

    [GlobalSetup]
    public void MakeScan()
    {
        using var image = SyntheticScan();
        jpeg = image.JpegsaveBuffer(q: 90);
        scan = ScanDecoder.Decode("generated", jpeg); // Also sets libvips to one core, for the peers too.
        Console.WriteLine($"// JPEG of {jpeg.Length} bytes");
    }

    [Benchmark]
    public void GyrusDecodeAndTensor() =>
        ScanTensor.Write(ScanDecoder.Decode("generated", jpeg), preprocessing, tensor);

    [Benchmark]
    public Scan GyrusDecodeOnly() => ScanDecoder.Decode("generated", jpeg);

    [Benchmark]
    public void GyrusTensorOnly() => ScanTensor.Write(scan, preprocessing, tensor);

    [Benchmark(Baseline = true)]
    public byte[] NetVipsResize()
    {
        using var image = Image.NewFromBuffer(jpeg);
        using var resized = image.Resize((double)Side / SourceSide, kernel: Enums.Kernel.Linear);
        return resized.WriteToMemory<byte>();
    }

    [Benchmark]
    public byte[] NetVipsThumbnail()
    {
        using var image = Image.ThumbnailBuffer(jpeg, Side, height: Side, size: Enums.Size.Force);
        return image.WriteToMemory<byte>();
    }

    /// <summary>A head in the manner of an axial slice: bright skull, brain of blotches at several scales, the noise
    /// of a detector.</summary>
    private static Image SyntheticScan()
    {
        var random = new Random(7);
        var rgb = new byte[3 * SourceSide * SourceSide];
        for (int y = 0; y < SourceSide; y++)
        {
            for (int x = 0; x < SourceSide; x++)
            {
                double across = (x - 256) / 190.0, down = (y - 256) / 225.0;
                double radius = Math.Sqrt(across * across + down * down);
                double tissue = 95 + 22 * Math.Sin(x * 0.11 + 3 * Math.Sin(y * 0.07))
                    + 18 * Math.Sin(y * 0.23 + 2 * Math.Cos(x * 0.19)) + 12 * Math.Sin((x + y) * 0.53);
                double value = radius > 1 ? 4 : radius > 0.92 ? 225 : tissue;
                value += (random.NextDouble() + random.NextDouble() - 1) * (radius > 1 ? 3 : 16);
                rgb.AsSpan(3 * (y * SourceSide + x), 3).Fill((byte)Math.Clamp(value, 0, 255));
            }
        }
        return Image.NewFromMemory(rgb, SourceSide, SourceSide, 3, Enums.BandFormat.Uchar)
            .Copy(interpretation: Enums.Interpretation.Srgb);
    }

    private sealed class ShortInThisProcess : ManualConfig
    {
        public ShortInThisProcess()
        {
            AddJob(Job.ShortRun.WithIterationCount(12).WithToolchain(InProcessEmitToolchain.Instance));
            AddColumn(StatisticColumn.Min); // What counts where other work runs on the same cores.
        }
    }
}
