using Gyrus.Imaging.Labels;

namespace Gyrus.Learning.Training;

/// <summary>The images whose lesions are outlined, and the healthy heads that get them, or lesions drawn at random.</summary>
internal sealed class LesionDonors
{
    private const int PastingSeed = 0x2545f491;

    private readonly LabelSet _labels;
    private readonly IReadOnlyList<int> _labelOf;
    private readonly Dictionary<Modality, int[]> _donors;
    private readonly Dictionary<Modality, int[]> _healthy;
    private readonly Dictionary<Modality, int> _untyped;
    private readonly ScanChanges _changes;

    /// <param name="labels">The labels that there are.</param>
    /// <param name="labelOf">The label of each image.</param>
    /// <param name="pixels">The images, of one plane each.</param>
    /// <param name="changes">How many heads get a lesion.</param>
    /// <exception cref="GyrusException">No lesion is outlined and some are to be pasted, no label is of tumours of no type and some are to be drawn, or images
    /// are in colour.</exception>
    public LesionDonors(LabelSet labels, IReadOnlyList<int> labelOf, PixelStore pixels, ScanChanges changes)
    {
        (_labels, _labelOf, _changes) = (labels, labelOf, changes);
        if (pixels.Planes != 1) throw new GyrusException("Lesions are pasted into grey heads. Frame scans by the head.");
        var images = Enumerable.Range(0, labelOf.Count).ToList();
        Dictionary<Modality, int[]> Where(Func<int, bool> condition) => images.Where(condition)
            .Where(image => labels[labelOf[image]].Modality is not null)
            .GroupBy(image => labels[labelOf[image]].Modality!.Value).ToDictionary(group => group.Key, group => group.ToArray());
        _donors = Where(image => labels[labelOf[image]].IsTumour == true && pixels.Outline(image) is not null);
        _healthy = Where(image => labels[labelOf[image]].IsTumour == false);
        _untyped = Enumerable.Range(0, labels.Count).Where(label => labels[label] is { IsTumour: true, Type: null, Modality: not null })
            .GroupBy(label => labels[label].Modality!.Value).ToDictionary(group => group.Key, group => group.First());
        if (changes.DrawnLesions > 0 && _untyped.Count == 0) throw new GyrusException("Lesions drawn at random have no type: the labels need one of tumours without a type, such as mri_tumor.");
        if (changes.LesionPasting > 0 && _donors.Count == 0) throw new GyrusException("No tumour of the training part has a drawn lesion that could be pasted: the manifest's column mask names none.");
    }

    /// <summary>An image as it is shown: a healthy one may have got a lesion and its donor's label, or other healthy tissue.</summary>
    /// <param name="scan">The image.</param>
    /// <param name="seed">Decides it.</param>
    public ShownScan Visited(ShownScan scan, int seed)
    {
        var label = _labels[scan.Label];
        if (label.IsTumour != false || label.Modality is not { } modality) return scan;
        var random = new SeededRandom(seed ^ PastingSeed);
        double draw = random.NextDouble();
        if (_donors.TryGetValue(modality, out var donors))
        {
            double share = _changes.LesionPasting;
            bool diseased = draw < share, other = !diseased && draw < 1.5 * share;
            int donor = donors[random.Next(donors.Length)], neighbour = _healthy[modality][random.Next(_healthy[modality].Length)];
            if (diseased) return Pasted(scan, scan.Store[donor], scan.Store.Outline(donor), _labelOf[donor], random);
            if (other) return Pasted(scan, scan.Store[neighbour], scan.Store.Outline(donor), label: null, random);
        }
        // Of the heads that are left, from the other end of the draw.
        if (!_untyped.TryGetValue(modality, out int untyped) || 1 - draw >= 1.5 * _changes.DrawnLesions) return scan;
        var (greys, outline) = DrawnLesion.Draw(scan.Store.Preprocessing.Size, random);
        return 1 - draw < _changes.DrawnLesions ? Pasted(scan, greys, outline, untyped, random)
            : Pasted(scan, scan.Store[_healthy[modality][random.Next(_healthy[modality].Length)]], outline, label: null, random);
    }

    /// <summary>The head with tissue in an outline, and the label of its lesion; no label where the tissue is healthy.</summary>
    private static ShownScan Pasted(ShownScan scan, ReadOnlySpan<byte> tissue, ReadOnlySpan<byte> outline, int? label, SeededRandom random)
    {
        int size = scan.Store.Preprocessing.Size;
        var head = new float[size * size];
        var stored = scan.Store[scan.Image];
        for (int i = 0; i < head.Length; i++) head[i] = stored[i];
        var pasted = LesionPasting.Paste(head, size, tissue, outline, random);
        if (pasted is null) return scan;
        var plane = Array.ConvertAll(head, grey => (byte)Math.Clamp(MathF.Round(grey), 0, 255));
        return label is { } tumour
            ? scan with { Plane = plane, Label = tumour, Lesion = Array.ConvertAll(pasted, on => on > 0 ? (byte)255 : (byte)0) }
            : scan with { Plane = plane };
    }
}
