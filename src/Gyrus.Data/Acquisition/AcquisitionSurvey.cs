using Gyrus.Imaging.Acquisition;
using Gyrus.Imaging.Labels;

namespace Gyrus.Data.Acquisition;

/// <summary>Groups the images of a data set into kinds by how the head was imaged, and says which kinds have one answer alone.</summary>
public static class AcquisitionSurvey
{
    /// <summary>The share of a kind's images with one answer from which the other is hardly there.</summary>
    public const double NearlyAll = 0.85;

    /// <summary>Labelled images of a kind below which nothing is said of its answers.</summary>
    public const int Fewest = 20;

    private const int Traits = 3;
    private const double LeastTrait = 0.5;

    /// <summary>Surveys a data set.</summary>
    /// <param name="samples">Its images, one or more.</param>
    /// <param name="compared">The images of another set, whose sequences may say what kinds are.</param>
    /// <param name="seed">The same seed gives the same report.</param>
    /// <param name="cancellation">Stops the work.</param>
    public static AcquisitionReport Run(
        IReadOnlyList<KindSample> samples, IReadOnlyList<KindSample> compared, int seed = 1, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(samples);
        var alike = Lettered(FineKinds.Find(samples, seed, cancellation), samples);
        var named = KindFinder.BySequence(samples);
        var model = named ?? alike;
        var labels = LabelNames.TryGuess(samples.Select(sample => sample.Label).OfType<string>());
        var others = compared.Where(sample => sample.SequenceIsKnown).ToLookup(sample => model.Of(sample.Columns).Name, sample => sample.Name);
        string Kind(KindSample sample) => named is not null && sample.SequenceIsKnown ? sample.Name : model.Of(sample.Columns).Name;
        var kinds = samples.GroupBy(Kind).Select(kind => Describe(model.Kinds.First(known => known.Name == kind.Key), [.. kind], labels, [.. others[kind.Key]]))
            .OrderBy(kind => kind.Answer is null).ThenByDescending(kind => kind.Images.Count).ThenBy(kind => kind.Name, StringComparer.Ordinal);
        return new AcquisitionReport(
            named is not null, [.. kinds],
            Agree([.. samples.Where(sample => sample.SequenceIsKnown)], alike, sample => sample.Sequence),
            Agree([.. samples.Where(sample => sample.PlaneIsKnown)], alike, sample => sample.Plane), model);
    }

    /// <summary>The kinds with letters for names, the most frequent first.</summary>
    private static AcquisitionKinds Lettered(AcquisitionKinds kinds, IReadOnlyList<KindSample> samples)
    {
        var images = samples.CountBy(sample => kinds.IndexOf(sample.Columns)).ToDictionary();
        return kinds with
        {
            Kinds = [.. kinds.Kinds.Index().OrderByDescending(kind => images.GetValueOrDefault(kind.Index)).Select((kind, place) => kind.Item with { Name = Letter(place) })],
        };
    }

    private static string Letter(int place) => place < 26 ? $"{(char)('A' + place)}" : $"{(char)('A' + place % 26)}{place / 26 + 1}";

    private static KindOfImage Describe(AcquisitionKind kind, IReadOnlyList<KindSample> images, LabelSet? labels, IReadOnlyList<string> others)
    {
        var answers = Counts(images.Select(image => Answer(image.Label, labels)).OfType<string>());
        int answered = answers.Sum(answer => answer.Images);
        double share = answered == 0 ? 0 : (double)answers[0].Images / answered;
        return new KindOfImage(
            kind.Name, [.. images.Select(image => image.Path)], Counts(images.Select(image => image.Label).OfType<string>()),
            answered >= Fewest && share >= NearlyAll ? answers[0].Name : null, share, StandsOut(kind), Counts(others));
    }

    private static string? Answer(string? label, LabelSet? labels) =>
        label is not null && labels is { TellsTumours: true } ? labels[labels.IndexOf(label)].IsTumour == true ? "tumour" : "healthy" : label;

    private static List<KindCount> Counts(IEnumerable<string> names) =>
        [.. names.CountBy(name => name).Select(count => new KindCount(count.Key, count.Value))
            .OrderByDescending(count => count.Images).ThenBy(count => count.Name, StringComparer.Ordinal)];

    private static List<string> StandsOut(AcquisitionKind kind) =>
        [.. kind.Centre.Select((value, j) => (Value: value, Name: AcquisitionColumns.Names[j])).Where(number => Math.Abs(number.Value) >= LeastTrait)
            .OrderByDescending(number => Math.Abs(number.Value)).Take(Traits).Select(number => $"{number.Name} {(number.Value > 0 ? "high" : "low")}")];

    private static KindAgreement? Agree(List<KindSample> known, AcquisitionKinds kinds, Func<KindSample, string> said)
    {
        if (known.Count == 0) return null;
        var found = known.ConvertAll(sample => kinds.Of(sample.Columns).Name);
        var truth = known.ConvertAll(sample => said(sample));
        return new KindAgreement(
            known.Count, kinds.Kinds.Count, Agreement.AdjustedRand(found, truth), Agreement.Purity(found, truth),
            (double)truth.CountBy(value => value).Max(count => count.Value) / known.Count);
    }
}
