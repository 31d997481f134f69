using Gyrus.Imaging.Decoding;

namespace Gyrus.Inference;

/// <summary>How a classifier uses the machine, on which answers do not depend, and what its user decides.</summary>
/// <param name="BatchSize">Images that go through the network together, 1 to 1,024; 4 unless given.</param>
/// <param name="Workers">Threads that decode and compute, each a batch of its own, 1 to 1,024; 0, the default, for as
/// many as there are cores.</param>
/// <param name="PixelLimit">The largest width times height that is decoded; 100 megapixels unless given.</param>
/// <param name="Views">1 for the image alone, the default; 2 for its mirror image too, 4 for both of them upside down
/// too. The logits' mean is the answer, and the network's work is as many times as much.</param>
/// <param name="Threshold">The tumour probability, 0 to 1, from which an image is called a tumour; null, the default, for
/// the one that the package holds.</param>
/// <param name="GraphFolder">A folder in which the network is kept as it was optimised for this processor, twice the package's size in
/// float16, so that the next start is faster; null, the default, for none. Where nothing can be written it is done without.</param>
public sealed record ClassifierOptions(
    int BatchSize = 4,
    int Workers = 0,
    long PixelLimit = ScanDecoder.DefaultPixelLimit,
    int Views = 1,
    double? Threshold = null,
    string? GraphFolder = null)
{
    /// <summary>The number of threads: that of cores where <see cref="Workers"/> does not say.</summary>
    public int WorkerCount => Workers == 0 ? Environment.ProcessorCount : Workers;

    /// <summary>Checks the ranges.</summary>
    /// <exception cref="GyrusException">An option is out of range; the message says which.</exception>
    public void Check()
    {
        if (BatchSize is < 1 or > 1024) throw new GyrusException("The batch size goes from 1 to 1024.");
        if (Workers is < 0 or > 1024) throw new GyrusException("Workers go from 1 to 1024, or 0 for one a core.");
        if (Threshold is not (null or (>= 0 and <= 1))) throw new GyrusException("The threshold is a probability, 0 to 1.");
        if (Views is not (1 or 2 or 4)) throw new GyrusException("The views of an image are 1, 2 or 4.");
        if (PixelLimit < 1) throw new GyrusException("The pixel limit is at least 1.");
    }
}
