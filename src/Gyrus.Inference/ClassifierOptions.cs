using Gyrus.Imaging;

namespace Gyrus.Inference;

/// <summary>How a classifier uses the machine; answers do not depend on it.</summary>
/// <param name="BatchSize">Images that go through the network together, 1 to 1,024; 4 unless given.</param>
/// <param name="Workers">Threads that decode and compute, each a batch of its own, 1 to 1,024; 0, the default, for as
/// many as there are cores.</param>
/// <param name="PixelLimit">The largest width times height that is decoded; 100 megapixels unless given.</param>
public sealed record ClassifierOptions(
    int BatchSize = 4, int Workers = 0, long PixelLimit = ScanDecoder.DefaultPixelLimit)
{
    internal int WorkerCount => Workers == 0 ? Environment.ProcessorCount : Workers;

    internal void Check()
    {
        if (BatchSize is < 1 or > 1024) throw new GyrusException("The batch size goes from 1 to 1024.");
        if (Workers is < 0 or > 1024) throw new GyrusException("Workers go from 1 to 1024, or 0 for one a core.");
        if (PixelLimit < 1) throw new GyrusException("The pixel limit is at least 1.");
    }
}
