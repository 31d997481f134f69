using Gyrus.Data.Acquisition;
using Gyrus.Data.Copies;
using Gyrus.Data.Examining;
using Gyrus.Data.Import;
using Gyrus.Data.Labels;
using Gyrus.Data.Manifests;
using Gyrus.Data.Shortcuts;
using Gyrus.Data.Splits;
using Gyrus.Imaging.Grey;

namespace Gyrus.Data.Audit;

/// <summary>Finds what makes figures from a data set wrong.</summary>
public static class DatasetAudit
{
    /// <summary>Looks at every image of a source, for copies, and at what they tell beside the brain.</summary>
    /// <param name="source">A folder, a zip, a manifest, or a CSV file with the columns <c>path,label,split</c>. Images
    /// without a label that Gyrus knows are audited too.</param>
    /// <param name="options">Where things are kept.</param>
    /// <param name="progress">Told of each step.</param>
    /// <param name="cancellation">Stops the work; what was computed is kept.</param>
    /// <exception cref="GyrusException">The source is not there, is none of these, holds no image or none that can be
    /// read, or a zip is not to be trusted.</exception>
    public static AuditReport Run(
        string source, AuditOptions options, IProgress<WorkProgress>? progress, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(options);
        var found = AuditSource.Find(source, options.UnpackTo, progress, cancellation);
        var examination = DatasetExamination.Run(
            found.Images, found.Unreadable, found.Ignored, options.CacheFolder, progress, cancellation);
        if (examination.Images.Count == 0)
        {
            throw new GyrusException($"{source}: none of its {found.Images.Count} images can be read. The first: "
                + examination.Unreadable[0].Reason);
        }
        var copies = examination.FindCopies(progress, cancellation);
        var shortcuts = ShortcutProbe.Run(
            Samples(examination.Images, copies), progress: progress, cancellation: cancellation);
        var against = options.Against is null ? null : Against(options, examination.Images, progress, cancellation);
        var acquisition = AcquisitionSurvey.Run(KindSamples(examination.Images, copies), KindSamples(against?.Examined ?? [], null), cancellation: cancellation);
        return Of(source, found, examination, copies, shortcuts, acquisition, against);
    }

    private static AgainstReport Against(
        AuditOptions options, IReadOnlyList<ExaminedImage> images, IProgress<WorkProgress>? progress, CancellationToken cancellation)
    {
        var found = AuditSource.Find(options.Against!, options.UnpackTo + "-against", progress, cancellation);
        var examination = DatasetExamination.Run(
            found.Images, found.Unreadable, found.Ignored, options.CacheFolder, progress, cancellation);
        if (examination.Images.Count == 0)
        {
            throw new GyrusException($"{options.Against}: none of its {found.Images.Count} images can be read, so nothing can be compared with them. "
                + $"The first: {examination.Unreadable[0].Reason}");
        }
        return AgainstSearch.Run(options.Against!, images, examination.Images, progress, cancellation);
    }

    private static List<KindSample> KindSamples(IReadOnlyList<ExaminedImage> images, CopyReport? copies)
    {
        var groups = Groups(copies);
        return [.. images.Select(image => new KindSample(image.Path, image.Label, image.Origin.Sequence, image.Origin.Plane, image.Facts.Acquisition)
        {
            Group = Group(image, groups),
        })];
    }

    private static List<ShortcutSample> Samples(IReadOnlyList<ExaminedImage> images, CopyReport copies)
    {
        var groups = Groups(copies);
        return [.. images.Where(image => image.Label is not null).Select(image => new ShortcutSample(image.Label!, Group(image, groups), image.Facts))];
    }

    private static Dictionary<string, string> Groups(CopyReport? copies) =>
        (copies?.Groups ?? []).SelectMany(group => group.Images.Select(path => (path, group.Id))).ToDictionary(image => image.path, image => image.Id);

    private static string Group(ExaminedImage image, Dictionary<string, string> groups) =>
        image.Origin.Patient.Length > 0 ? image.Origin.Patient : groups.GetValueOrDefault(image.Path, image.Path);

    /// <summary>Puts together what was found.</summary>
    internal static AuditReport Of(
        string source, AuditImages found, Examination examination, CopyReport copies, ShortcutReport shortcuts,
        AcquisitionReport acquisition, AgainstReport? against = null)
    {
        var images = examination.Images;
        var byPath = images.ToDictionary(image => image.Path);
        List<AuditGroup> groups = [.. copies.Groups.Select(group => Group(group, byPath))];
        var leakage = Leakage.Find(
            [.. images.Select(image => new PlacedImage(image.Path, image.Label, image.Split))], copies.Groups);
        var report = new AuditReport
        {
            Source = source,
            Images = images.Count,
            Ignored = examination.Ignored,
            ScoreCard = [],
            Counts = AuditCounting.Count(images, copies.Groups.SelectMany(group => group.Images).ToHashSet()),
            Groups = groups,
            Leakage = leakage.Paths,
            LeakageByLabel = leakage.Counts,
            Conflicts = [.. groups.Where(group => group.Labels.Count > 1)],
            LabelChanges = LabelResolution.Changes(
                images.ToDictionary(image => image.Path, image => image.Label), copies.Groups),
            Pairs = copies.Pairs,
            Unreadable = [.. examination.Unreadable.Select(file => file.Path)],
            UnreadableReasons = examination.Unreadable,
            Empty = Empty(found.Images, examination.Unreadable),
            BurnedInText = Paths(images, image => image.Facts.Surroundings.BurnedInText),
            NotHeads = Paths(images, image =>
                !image.Facts.Surroundings.HeadFound || image.Facts.Chroma > ImageColours.MostChroma),
            Shortcuts = shortcuts,
            Acquisition = acquisition,
            Against = against,
            Files = FileFaults.Of(images),
            Metadata = [.. images.Where(image => image.Facts.Metadata.Count > 0)
                .Select(image => new ImageMetadata(image.Path, image.Facts.Metadata))],
            Examined = images,
        };
        return report with { ScoreCard = ScoreCard.Of(report, found) };
    }

    private static AuditGroup Group(CopyGroup group, Dictionary<string, ExaminedImage> byPath)
    {
        var members = group.Images.Select(path => byPath[path]).ToList();
        return new AuditGroup(
            group.Id,
            group.Images,
            group.Exact,
            [.. members.Select(image => image.Label).OfType<string>().Distinct().Order(StringComparer.Ordinal)],
            [.. members.Select(image => image.Split).Where(part => part != Split.None).Distinct().Order()
                .Select(SplitNames.Name)]);
    }

    private static List<string> Empty(IReadOnlyList<SourceImage> images, IReadOnlyList<UnreadableFile> unreadable)
    {
        var paths = unreadable.Select(file => file.Path).ToHashSet();
        return [.. images.Where(image => paths.Contains(image.Path) && new FileInfo(image.FullPath) is
            { Exists: true, Length: 0 }).Select(image => image.Path)];
    }

    private static List<string> Paths(IReadOnlyList<ExaminedImage> images, Func<ExaminedImage, bool> choose) =>
        [.. images.Where(choose).Select(image => image.Path)];
}
