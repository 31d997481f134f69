using Gyrus.Data.Acquisition;
using Gyrus.Data.Manifests;
using Gyrus.Evaluation.Scans;
using Gyrus.Imaging.Acquisition;
using Gyrus.Imaging.Decoding;
using Gyrus.Imaging.HeadRegion;
using Gyrus.Imaging.Labels;
using Gyrus.Learning.Features;
using Gyrus.Models.Trust;

namespace Gyrus.Learning.Novelty;

/// <summary>Learns from training images which kinds of image there were, by how the head was imaged, and which answers each had.</summary>
internal static class KindStudy
{
    /// <summary>Looks at the images. What cannot be read is told and left out.</summary>
    /// <param name="manifest">The data set.</param>
    /// <param name="rows">Its training images.</param>
    /// <param name="labels">Its labels.</param>
    /// <param name="kept">What the model makes of images that it was not fitted on, calibrated and with its own threshold.</param>
    /// <param name="progress">Told of each image.</param>
    /// <param name="onUnusable">Told of each image that cannot be read.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <returns>Null where labels do not tell tumours, or no image can be read.</returns>
    public static KnownKinds? Run(
        Manifest manifest, IReadOnlyList<ManifestRow> rows, LabelSet labels, IReadOnlyList<ScoredScan> kept,
        IProgress<WorkProgress>? progress, Action<UnusableScan>? onUnusable, CancellationToken cancellation)
    {
        if (!labels.TellsTumours) return null;
        IReadOnlyList<(ManifestRow Row, float[] Columns)> Columns(IReadOnlyList<ManifestRow> of) => Read(manifest, of, progress, onUnusable, cancellation);
        var images = Columns(rows);
        if (images.Count == 0) return null;
        var known = Of(
            [.. images.Select(image => new KindSample(
                image.Row.Path, image.Row.Label, manifest.Value(image.Row, KnownColumns.Sequence), manifest.Value(image.Row, KnownColumns.Plane), image.Columns)
            {
                Group = image.Row.Group,
            })],
            [.. images.Select(image => labels[labels.IndexOf(image.Row.Label)].IsTumour == true)],
            cancellation);
        var answers = kept.ToDictionary(scan => scan.Path);
        return known.Kept([.. Columns([.. manifest.Rows.Where(row => answers.ContainsKey(row.Path))]).Select(image => (image.Columns, answers[image.Row.Path]))]);
    }

    private static List<(ManifestRow Row, float[] Columns)> Read(
        Manifest manifest, IReadOnlyList<ManifestRow> rows,
        IProgress<WorkProgress>? progress, Action<UnusableScan>? onUnusable, CancellationToken cancellation)
    {
        var columns = new float[]?[rows.Count];
        int done = 0;
        Parallel.For(0, rows.Count, new ParallelOptions { CancellationToken = cancellation }, i =>
        {
            try
            {
                var scan = ManifestScans.Read(manifest, rows[i]);
                columns[i] = AcquisitionColumns.OfSequence(scan, HeadFinder.Find(scan));
            }
            catch (Exception e) when (ImageFault.IsOfOneImage(e))
            {
                onUnusable?.Invoke(new UnusableScan(rows[i], ImageFault.Message(manifest.FullPath(rows[i]), e)));
            }
            progress?.Report(new WorkProgress("learning kinds of image", Interlocked.Increment(ref done), rows.Count));
        });
        return [.. rows.Zip(columns).Where(image => image.Second is not null).Select(image => (image.First, image.Second!))];
    }

    /// <summary>The kinds with what a model made of images that it was not fitted on.</summary>
    /// <param name="known">The kinds.</param>
    /// <param name="kept">Those images: their numbers, and the model's answers, calibrated and with its own threshold.</param>
    internal static KnownKinds Kept(this KnownKinds known, IReadOnlyList<(float[] Columns, ScoredScan Scan)> kept)
    {
        var scans = kept.ToLookup(image => known.IndexOf(image.Columns), image => image.Scan);
        KindRecord Record(IEnumerable<ScoredScan> of)
        {
            var called = of.CountBy(scan => (scan.IsTumour, scan.TumourProbability >= scan.CalledFrom)).ToDictionary();
            int Number(bool tumour, bool calledTumour) => called.GetValueOrDefault((tumour, calledTumour));
            return new KindRecord(
                Number(true, true) + Number(true, false), Number(true, true), Number(false, true) + Number(false, false), Number(false, true));
        }

        return known with { Answers = [.. known.Answers.Select((answers, kind) => answers with { Kept = scans.Contains(kind) ? Record(scans[kind]) : null })] };
    }

    /// <summary>The kinds of images that were looked at.</summary>
    /// <param name="samples">The images, one or more.</param>
    /// <param name="tumours">[samples]: whether each shows a tumour.</param>
    /// <param name="cancellation">Stops the work.</param>
    internal static KnownKinds Of(
        IReadOnlyList<KindSample> samples, IReadOnlyList<bool> tumours, CancellationToken cancellation = default)
    {
        var kinds = FineKinds.Find(samples, cancellation: cancellation);
        var images = Enumerable.Range(0, samples.Count).ToLookup(i => kinds.IndexOf(samples[i].Columns));
        return new KnownKinds(
            kinds with { Kinds = [.. kinds.Kinds.Select(kind => kind with { Name = SequenceWords.Of(kind.Name) })] },
            [.. Enumerable.Range(0, kinds.Kinds.Count).Select(kind => Answers([.. images[kind].Select(i => (samples[i], tumours[i]))]))]);
    }

    private static KindAnswers Answers(IReadOnlyList<(KindSample Image, bool IsTumour)> images)
    {
        double Weight(bool tumour) => images.Where(image => image.IsTumour == tumour).CountBy(image => image.Image.GroupOrSelf).Sum(group => Math.Sqrt(group.Value));
        double with = Weight(true), without = Weight(false);
        var sequences = images.Select(image => image.Image.Sequence).Where(sequence => sequence.Length > 0).CountBy(sequence => sequence)
            .OrderBy(sequence => sequence.Key, StringComparer.Ordinal).ToDictionary();
        return new KindAnswers(
            images.Select(image => image.Image.GroupOrSelf).Distinct().Count(), images.Count(image => image.IsTumour), images.Count(image => !image.IsTumour),
            images.Count == 0 ? 0 : with / (with + without))
        {
            Sequences = sequences.Count == 0 ? null : sequences,
        };
    }
}
