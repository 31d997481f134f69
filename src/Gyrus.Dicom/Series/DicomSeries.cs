namespace Gyrus.Dicom.Series;

/// <summary>Images of one series that lie parallel to each other, in order through the head.</summary>
/// <param name="Slices">The images, one or more, by their place where it is known, else by their numbers.</param>
public sealed record DicomSeries(IReadOnlyList<SliceHeader> Slices)
{
    // Directions that differ by less than this in each part are one: some programs round them.
    private const double SameDirection = 1e-2;

    /// <summary>The first image, whose attributes stand for the others'.</summary>
    public SliceHeader First => Slices[0];

    /// <summary>The plane; empty where it is not known.</summary>
    public string Plane => First.Place?.Plane ?? "";

    /// <summary>Millimetres from slice to slice, in the median; null where places are not known or there is one slice.</summary>
    public double? Spacing
    {
        get
        {
            double[] steps = [.. Slices.Zip(Slices.Skip(1)).Where(pair => pair.First.Place is not null && pair.Second.Place is not null)
                .Select(pair => Math.Abs(pair.Second.Place!.Along - pair.First.Place!.Along)).Where(step => step > 0).Order()];
            return steps.Length == 0 ? null : steps[steps.Length / 2];
        }
    }

    /// <summary>Puts images together into series, studies in the order in which they first come.</summary>
    /// <param name="slices">The images. Of two with one name the second is left out.</param>
    /// <param name="onDuplicate">Told of images that are left out.</param>
    public static IReadOnlyList<DicomSeries> Group(IEnumerable<SliceHeader> slices, Action<SliceHeader>? onDuplicate = null)
    {
        ArgumentNullException.ThrowIfNull(slices);
        HashSet<(string, string, int)> seen = [];
        List<SliceHeader> once = [];
        foreach (var slice in slices)
        {
            if (seen.Add((slice.InstanceUid.Length > 0 ? slice.InstanceUid : slice.Path, slice.SeriesUid, slice.Frame))) once.Add(slice);
            else onDuplicate?.Invoke(slice);
        }
        return [.. once.GroupBy(slice => (slice.StudyUid, slice.SeriesUid, slice.Size)).SelectMany(Parallel).Select(Ordered)];
    }

    private static List<List<SliceHeader>> Parallel(IEnumerable<SliceHeader> series)
    {
        List<List<SliceHeader>> stacks = [];
        foreach (var slice in series)
        {
            if (stacks.Find(stack => AreParallel(stack[0].Place, slice.Place)) is { } with) with.Add(slice);
            else stacks.Add([slice]);
        }
        return stacks;
    }

    private static bool AreParallel(SlicePlace? one, SlicePlace? other) =>
        (one is null && other is null)
        || (one is not null && other is not null && one.Through.Zip(other.Through).All(pair => Math.Abs(pair.First - pair.Second) < SameDirection));

    private static DicomSeries Ordered(List<SliceHeader> slices) => new(
        [.. slices.OrderBy(slice => slice.Place?.Along ?? 0).ThenBy(slice => slice.Number).ThenBy(slice => slice.Frame).ThenBy(slice => slice.Path, StringComparer.Ordinal)]);
}
