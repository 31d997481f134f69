using System.Globalization;
using Gyrus.Imaging.Labels;
using Gyrus.Models;
using Gyrus.Models.Trust;

namespace Gyrus.Inference.Studies;

/// <summary>Makes the answer to a series of those to its slices, and to a study of those to its series.</summary>
internal static class SeriesJudgement
{
    private const string NotAHead = "No head was found on its images.";

    /// <summary>Judges a series.</summary>
    /// <param name="stack">The series.</param>
    /// <param name="slices">The answers to its slices, in order; none where it is left out.</param>
    /// <param name="model">What was learnt about the model.</param>
    public static SeriesAnswer Of(SliceSeries stack, IReadOnlyList<SliceAnswer> slices, ModelDescription model)
    {
        if (stack.LeftOut is { } leftOut) return new(stack, []) { Reason = $"Left out: {leftOut}." };
        double largest = slices.Max(slice => slice.Result.HeadShare) ?? 0;
        slices = [.. slices.Select(slice => slice with { IsEnd = slice.Result.HeadShare < SeriesPooling.LeastCrossSection * largest })];
        List<SliceAnswer> counted = [.. slices.Where(slice => slice.Counts)];
        if (counted.Count == 0) return new(stack, slices) { Reason = Commonest(slices) ?? NotAHead };
        PlacedAnswer[] placed = [.. counted.Select(slice => PlacedAnswer.Of(slice.Slice.Along, slice.Result.Tumour!.Value))];
        var trust = model.Trust?.Studies?.Series ?? PooledTrust.None;
        var modality = counted.GroupBy(slice => slice.Result.Modality).MaxBy(of => of.Count())!.Key;
        return new(stack, slices)
        {
            LogOdds = trust.LogOdds(SeriesPooling.Pool(placed)),
            Carrying = Carrying(counted, placed),
            Modality = modality,
            Sequence = model.Abstention?.Kinds?.SequenceOf(counted.Select(slice => slice.Result.Kind).OfType<int>()) ?? "",
            Reason = OtherModality(stack, modality) ?? MostlyRefused(slices, counted.Count),
        };
    }

    /// <summary>Judges a study.</summary>
    /// <param name="uid">Names it.</param>
    /// <param name="path">Its first file.</param>
    /// <param name="series">The answers to its series.</param>
    /// <param name="model">What was learnt about the model.</param>
    public static StudyAnswer OfStudy(string uid, string path, IReadOnlyList<SeriesAnswer> series, ModelDescription model)
    {
        double[] odds = [.. series.Where(one => one.Accepted).Select(one => one.LogOdds!.Value)];
        if (odds.Length == 0) return new(uid, path, series) { Reason = "No series of it was accepted." };
        var trust = model.Trust?.Studies?.Study ?? PooledTrust.None;
        return new(uid, path, series) { Tumour = trust.Probability(SeriesPooling.LogMean(odds)) };
    }

    /// <summary>The slices of the place with the highest odds.</summary>
    private static List<SliceAnswer> Carrying(List<SliceAnswer> counted, PlacedAnswer[] placed)
    {
        var places = SeriesPooling.Places(placed);
        int best = Array.IndexOf(places, places.Max());
        return [.. Enumerable.Range(0, placed.Length)
            .Where(i => i == best || (placed[i].Along is { } along && placed[best].Along is { } centre && Math.Abs(along - centre) <= SeriesPooling.Window / 2))
            .OrderByDescending(i => placed[i].LogOdds).Select(i => counted[i])];
    }

    private static string? OtherModality(SliceSeries stack, Modality? seen) => (stack.Modality, seen) switch
    {
        ("CT", Modality.Mri) => "Its attributes say CT, and its images look like MRI.",
        ("MR", Modality.Ct) => "Its attributes say MR, and its images look like CT.",
        _ => null,
    };

    /// <summary>Slices above and below the head are none, and do not count against a series; those that show one must be ones that the model knows.</summary>
    private static string? MostlyRefused(IReadOnlyList<SliceAnswer> slices, int counted)
    {
        var refused = slices.Where(slice => !slice.Counts && !slice.IsEnd && slice.Result.Kind is not null).ToList();
        if (refused.Count <= counted) return null;
        return string.Create(CultureInfo.InvariantCulture, $"Of {refused.Count + counted} images of a head {refused.Count} were refused. {Commonest(refused)}");
    }

    private static string? Commonest(IReadOnlyList<SliceAnswer> slices) => slices.Select(slice => slice.Result.Reason ?? slice.Result.Error).OfType<string>()
        .GroupBy(Kind).MaxBy(reasons => reasons.Count())?.First();

    // Reasons hold numbers of their image.
    private static string Kind(string reason) => string.Concat(reason.Where(c => !char.IsAsciiDigit(c)));
}
