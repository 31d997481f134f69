namespace Gyrus.Data.Copies;

/// <summary>Finds the pairs of images that are worth comparing, in a time that grows little faster than their
/// number.</summary>
internal sealed class CandidateSearch
{
    private const int Trees = 8;
    private const int Seed = 1;

    /// <summary>How many of the nearest by magnitudes are laid on the image.</summary>
    private const int Aligned = 64;

    /// <summary>How many of those are kept.</summary>
    private const int Kept = 16;

    /// <summary>Correlation below which no copy was seen.</summary>
    private const float LeastCorrelation = 0.72f;

    /// <summary>A second map is kept where it is nearly as likely: heads are nearly symmetric.</summary>
    private const float NearlyAsLikely = 0.06f;

    private readonly IReadOnlyList<CopyView> views;
    private readonly VectorForest[] forests;

    /// <summary>Builds the index.</summary>
    public CandidateSearch(IReadOnlyList<CopyView> views)
    {
        this.views = views;
        forests = new VectorForest[CopyView.FrameCount];
        for (int frame = 0; frame < forests.Length; frame++)
        {
            var vectors = new float[views.Count * PolarSpectrum.Length];
            for (int i = 0; i < views.Count; i++)
            {
                PolarSpectrum.Magnitudes(
                    views[i].Spectra[frame], vectors.AsSpan(i * PolarSpectrum.Length, PolarSpectrum.Length));
            }
            forests[frame] = new VectorForest(vectors, PolarSpectrum.Length, Trees, Seed + frame);
        }
    }

    /// <summary>The candidates of one image, the likeliest first.</summary>
    /// <param name="image">Its place.</param>
    /// <param name="scratch">Of the calling thread.</param>
    public IReadOnlyList<CopyCandidatePair> Find(int image, Scratch scratch)
    {
        var view = views[image];
        scratch.Begin(image);
        var spectra = new Waves[CopyFrame.Probes.Length * CopyView.FrameCount];
        Span<float> query = stackalloc float[PolarSpectrum.Length];
        for (int probe = 0; probe < spectra.Length; probe++)
        {
            int frame = probe / CopyFrame.Probes.Length;
            spectra[probe] = probe % CopyFrame.Probes.Length == 0
                ? view.Spectra[frame]
                : PolarSpectrum.Of(view.Contrast, Frame(view, probe).Halved());
            PolarSpectrum.Magnitudes(spectra[probe], query);
            scratch.Probe = probe;
            forests[frame].Query(query, scratch.Seen, scratch.NextStamp(), scratch.Found);
        }
        return [.. scratch.Nearest(Aligned)
            .Select(found => Align(image, found.Item, found.Probe, spectra[found.Probe]))
            .Where(pair => pair.Correlation >= LeastCorrelation)
            .OrderByDescending(pair => pair.Correlation).ThenBy(pair => pair.Second).Take(Kept)];
    }

    /// <summary>Any two images as a candidate, whatever the index says of them.</summary>
    public CopyCandidatePair Pair(int first, int second)
    {
        var view = views[first];
        return Enumerable.Range(0, CopyFrame.Probes.Length * CopyView.FrameCount)
            .Select(probe => Align(
                first, second, probe, PolarSpectrum.Of(view.Contrast, Frame(view, probe).Halved())))
            .MaxBy(pair => pair.Correlation)!;
    }

    private CopyCandidatePair Align(int image, int other, int probe, Waves spectrum)
    {
        int frame = probe / CopyFrame.Probes.Length;
        var from = Frame(views[image], probe);
        var to = views[other].Frames[frame];
        var plain = PolarSpectrum.Align(spectrum, views[other].Spectra[frame], mirrored: false);
        var mirrored = PolarSpectrum.Align(spectrum, views[other].Spectra[frame], mirrored: true);
        var map = Alignment.Of(from, to, plain.Turn, mirrored: false);
        var mirroredMap = Alignment.Of(from, to, mirrored.Turn, mirrored: true);
        float best = Math.Max(plain.Correlation, mirrored.Correlation);
        Alignment[] maps = plain.Correlation >= mirrored.Correlation ? [map, mirroredMap] : [mirroredMap, map];
        if (Math.Abs(plain.Correlation - mirrored.Correlation) > NearlyAsLikely) maps = [maps[0]];
        return new CopyCandidatePair(image, other, best, maps);
    }

    private static CopyFrame Frame(CopyView view, int probe) =>
        view.Frames[probe / CopyFrame.Probes.Length].Probe(CopyFrame.Probes[probe % CopyFrame.Probes.Length]);

    /// <summary>What a thread keeps between queries.</summary>
    public sealed class Scratch
    {
        private readonly float[] best;
        private readonly int[] probes;
        private readonly List<int> touched = [];
        private readonly PriorityQueue<int, float> nearest = new();
        private int stamp;
        private int self;

        public Scratch(int count)
        {
            best = new float[count];
            probes = new int[count];
            Seen = new int[count];
            Found = Keep;
        }

        public int[] Seen { get; }

        public int Probe { get; set; }

        public Action<int, float> Found { get; }

        public void Begin(int image)
        {
            foreach (int item in touched) best[item] = 0;
            touched.Clear();
            self = image;
        }

        public int NextStamp() => ++stamp;

        public IEnumerable<(int Item, int Probe)> Nearest(int count)
        {
            nearest.Clear();
            foreach (int item in touched)
            {
                if (nearest.Count < count) nearest.Enqueue(item, best[item]);
                else nearest.EnqueueDequeue(item, best[item]);
            }
            return nearest.UnorderedItems.Select(found => (found.Element, probes[found.Element]));
        }

        private void Keep(int item, float cosine)
        {
            if (item == self || cosine <= best[item]) return;
            if (best[item] == 0) touched.Add(item);
            best[item] = cosine;
            probes[item] = Probe;
        }
    }
}
