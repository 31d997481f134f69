using Gyrus.Imaging.Labels;

namespace Gyrus.Learning.Training;

/// <summary>The images whose lesions are drawn, and the healthy heads that get them.</summary>
internal sealed class LesionDonors
{
    private const int PastingSeed = 0x2545f491;

    private readonly LabelSet _labels;
    private readonly IReadOnlyList<int> _labelOf;
    private readonly Dictionary<Modality, int[]> _donors;
    private readonly Dictionary<Modality, int[]> _healthy;

    /// <param name="labels">The labels that there are.</param>
    /// <param name="labelOf">The label of each image.</param>
    /// <param name="pixels">The images, of one plane each.</param>
    /// <exception cref="GyrusException">No lesion is drawn, or images are in colour.</exception>
    public LesionDonors(LabelSet labels, IReadOnlyList<int> labelOf, PixelStore pixels)
    {
        (_labels, _labelOf) = (labels, labelOf);
        if (pixels.Planes != 1) throw new GyrusException("Lesions are pasted into grey heads. Frame scans by the head.");
        var images = Enumerable.Range(0, labelOf.Count).ToList();
        Dictionary<Modality, int[]> Where(Func<int, bool> condition) => images.Where(condition)
            .Where(image => labels[labelOf[image]].Modality is not null)
            .GroupBy(image => labels[labelOf[image]].Modality!.Value).ToDictionary(group => group.Key, group => group.ToArray());
        _donors = Where(image => labels[labelOf[image]].IsTumour == true && pixels.Outline(image) is not null);
        _healthy = Where(image => labels[labelOf[image]].IsTumour == false);
        if (_donors.Count == 0) throw new GyrusException("No tumour of the training part has a drawn lesion that could be pasted: the manifest's column mask names none.");
    }

    /// <summary>An image as it is shown: a healthy one may have got a lesion and its donor's label, or other healthy tissue.</summary>
    /// <param name="scan">The image.</param>
    /// <param name="share">How many healthy ones get a lesion, 0 to 1.</param>
    /// <param name="seed">Decides it.</param>
    public ShownScan Visited(ShownScan scan, double share, int seed)
    {
        var label = _labels[scan.Label];
        if (label.IsTumour != false || label.Modality is not { } modality || !_donors.TryGetValue(modality, out var donors)) return scan;
        var random = new SeededRandom(seed ^ PastingSeed);
        double draw = random.NextDouble();
        bool diseased = draw < share, other = !diseased && draw < 1.5 * share;
        int donor = donors[random.Next(donors.Length)], neighbour = _healthy[modality][random.Next(_healthy[modality].Length)];
        if (!diseased && !other) return scan;

        int size = scan.Store.Preprocessing.Size;
        var head = new float[size * size];
        var stored = scan.Store[scan.Image];
        for (int i = 0; i < head.Length; i++) head[i] = stored[i];
        var pasted = LesionPasting.Paste(head, size, scan.Store[diseased ? donor : neighbour], scan.Store.Outline(donor), random);
        if (pasted is null) return scan;
        var plane = Array.ConvertAll(head, grey => (byte)Math.Clamp(MathF.Round(grey), 0, 255));
        return diseased
            ? scan with { Plane = plane, Label = _labelOf[donor], Lesion = Array.ConvertAll(pasted, on => on > 0 ? (byte)255 : (byte)0) }
            : scan with { Plane = plane };
    }
}
