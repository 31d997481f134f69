using Gyrus.Inference.HeatMaps;
using Gyrus.Models;

namespace Gyrus.Inference.Studies;

/// <summary>Classifies studies: all slices of their series, and of these the series and the studies. Slices are read as they are needed, so that memory does not grow with
/// their number but for a short answer each.</summary>
public static class StudyClassifier
{
    /// <summary>Classifies studies, one after the other.</summary>
    /// <param name="classifier">Answers slices.</param>
    /// <param name="stacks">The series; those of a study stand together.</param>
    /// <param name="progress">Told of slices.</param>
    /// <param name="heatMaps">Asks for heat maps of the slices that the answers rest on; none where null.</param>
    /// <param name="cancel">Ends the work.</param>
    /// <returns>An answer a study, as soon as it is there.</returns>
    /// <exception cref="GyrusException">The network gives no such heat maps, or one cannot be written; its labels do not tell tumours.</exception>
    public static IEnumerable<StudyAnswer> Classify(
        ScanClassifier classifier, IReadOnlyList<SliceSeries> stacks, IProgress<WorkProgress>? progress, HeatMapOptions? heatMaps, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(classifier);
        ArgumentNullException.ThrowIfNull(stacks);
        if (!classifier.Labels.TellsTumours)
            throw new GyrusException($"{classifier.Package.Folder}: its labels do not tell tumours, so that a series has no answer; classify its images one by one.");
        if (heatMaps is not null) classifier.RequireMaps(heatMaps.Request);
        return Answers(classifier, stacks, progress, heatMaps, cancel);
    }

    private static IEnumerable<StudyAnswer> Answers(
        ScanClassifier classifier, IReadOnlyList<SliceSeries> stacks, IProgress<WorkProgress>? progress, HeatMapOptions? heatMaps, CancellationToken cancel)
    {
        List<SeriesSlice> slices = [.. stacks.Where(stack => stack.LeftOut is null).SelectMany(stack => stack.Slices)];
        var results = classifier.Classify(slices, slice => slice.Name, slice => slice.Read(), progress, cancel: cancel);
        foreach (var answer in Judge(stacks, results, classifier.Package.Description))
            yield return heatMaps is null ? answer : WithHeatMaps(classifier, answer, heatMaps, cancel);
    }

    /// <summary>Makes the answers to studies of those to their slices.</summary>
    /// <param name="stacks">The series; those of a study stand together.</param>
    /// <param name="slices">The answers to the slices of all series that are not left out, in order; gone through as they are needed.</param>
    /// <param name="model">What was learnt about the model; its labels tell tumours.</param>
    /// <returns>An answer a study, as soon as it is there.</returns>
    public static IEnumerable<StudyAnswer> Judge(IReadOnlyList<SliceSeries> stacks, IEnumerable<ScanResult> slices, ModelDescription model)
    {
        ArgumentNullException.ThrowIfNull(stacks);
        ArgumentNullException.ThrowIfNull(slices);
        ArgumentNullException.ThrowIfNull(model);
        return Judged(stacks, slices, model);
    }

    private static IEnumerable<StudyAnswer> Judged(IReadOnlyList<SliceSeries> stacks, IEnumerable<ScanResult> slices, ModelDescription model)
    {
        using var results = slices.GetEnumerator();
        List<SeriesAnswer> study = [];
        for (int i = 0; i < stacks.Count; i++)
        {
            study.Add(SeriesJudgement.Of(stacks[i], stacks[i].LeftOut is not null ? [] : Next(results, stacks[i].Slices), model));
            if (i + 1 < stacks.Count && stacks[i + 1].StudyUid == stacks[i].StudyUid) continue;
            yield return SeriesJudgement.OfStudy(stacks[i].StudyUid, study[0].Stack.Path, study, model);
            study = [];
        }
    }

    private static SliceAnswer[] Next(IEnumerator<ScanResult> results, IReadOnlyList<SeriesSlice> slices) => [.. slices.Select(slice =>
    {
        if (!results.MoveNext()) throw new InvalidOperationException("There are fewer answers than slices.");
        return new SliceAnswer(slice, results.Current);
    })];

    private static StudyAnswer WithHeatMaps(ScanClassifier classifier, StudyAnswer study, HeatMapOptions heatMaps, CancellationToken cancel) => study with
    {
        Series = [.. study.Series.Select(series => series with
        {
            Carrying = [.. series.Carrying.Zip(
                classifier.Classify(series.Carrying, slice => slice.Slice.Name, slice => slice.Slice.Read(), heatMaps: heatMaps, cancel: cancel),
                (slice, result) => slice with { Result = result })],
        })],
    };
}
