using Gyrus.Data.Shortcuts;
using static Gyrus.Data.Pages.Words;

namespace Gyrus.Data.Audit;

/// <summary>Judges what was found.</summary>
internal static class ScoreCard
{
    /// <summary>The share of images that are not like head scans above which the set is none of head scans.</summary>
    private const double MostOthers = 0.5;

    /// <summary>The share of them that is not worth a word.</summary>
    private const double FewOthers = 0.02;

    /// <summary>The difference in how many images of two labels of one modality have text above which text tells the
    /// label.</summary>
    private const double TextTellsLabel = 0.2;

    /// <summary>The accuracy above the majority rate from which a shortcut makes figures wrong.</summary>
    private const double StrongShortcut = 0.1;

    /// <summary>The lines, in the order of <see cref="Findings.All"/>.</summary>
    public static IReadOnlyList<ScoreLine> Of(AuditReport report, AuditImages found)
    {
        var commands = new MendCommands(found.Place, found.IsManifest, known: report.Counts.Modalities.Count > 0);
        return
        [
            Heads(report), Unreadable(report), Leakage(report, commands), Conflicts(report, commands),
            Copies(report, commands), Text(report, commands), Shortcuts(report, commands), Acquisition(report), Against(report), Metadata(report, commands),
            OddFiles(report),
        ];
    }

    private static ScoreLine Heads(AuditReport report)
    {
        int others = report.NotHeads.Count;
        var counted = $"{Number(others)} of {Images(report.Images)} show no head, or are in colour";
        return ((double)others / report.Images) switch
        {
            > MostOthers => new(Findings.Heads, Verdict.Fail,
                $"These do not look like head scans: {counted}. Nothing below means what it says of scans."),
            > FewOthers => new(Findings.Heads, Verdict.Warn, $"Some of these do not look like head scans: {counted}."),
            _ => new(Findings.Heads, Verdict.Pass,
                $"These look like head scans: {(others == 0 ? "a head was found on every image" : "only " + counted)}."),
        };
    }

    private static ScoreLine Unreadable(AuditReport report) => report.Unreadable.Count == 0
        ? new(Findings.Unreadable, Verdict.Pass, $"All {Images(report.Images)} can be read.")
        : new(Findings.Unreadable, Verdict.Warn,
            $"{Files(report.Unreadable.Count)} cannot be read ({Number(report.Empty.Count)} empty): nothing below counts "
            + "them.");

    private static ScoreLine Leakage(AuditReport report, MendCommands commands)
    {
        int judged = report.LeakageByLabel.Sum(count => count.Images);
        if (judged == 0)
        {
            return new(Findings.Leakage, Verdict.Unknown,
                "The source puts no image into a validation or test part, so nothing can leak yet.", commands.Split());
        }
        return report.Leakage.Count == 0
            ? new(Findings.Leakage, Verdict.Pass,
                $"None of the {Images(judged)} to be judged on was found to have a copy in the training part.")
            : new(Findings.Leakage, Verdict.Fail,
                $"{Number(report.Leakage.Count)} of the {Images(judged)} to be judged on "
                + $"({Percent((double)report.Leakage.Count / judged)}) have a copy in the training part: figures on them "
                + "measure memory.",
                commands.Split());
    }

    private static ScoreLine Conflicts(AuditReport report, MendCommands commands)
    {
        if (report.Counts.Labels.All(label => label.Label is null))
            return new(Findings.Conflicts, Verdict.Unknown, "There are no labels, so none can contradict another.");
        int images = report.Conflicts.Sum(group => group.Images.Count);
        return images == 0
            ? new(Findings.Conflicts, Verdict.Pass, "No scan was found under two labels.")
            : new(Findings.Conflicts, Verdict.Fail,
                $"{Count(report.Conflicts.Count, "scan")} with more than one label, on {Images(images)}: whatever is "
                + "answered, some of them count as wrong.",
                commands.Split("--labels resolved"));
    }

    private static ScoreLine Copies(AuditReport report, MendCommands commands)
    {
        int images = report.Groups.Sum(group => group.Images.Count);
        int spare = images - report.Groups.Count;
        return images == 0
            ? new(Findings.Copies, Verdict.Pass, "No image was found to be a copy of another.")
            : new(Findings.Copies, Verdict.Warn,
                $"{Images(images)} are copies of another: {Number(report.Images)} images show "
                + $"{Number(report.Images - spare)} different scans, and intervals that count images are too narrow.",
                commands.Split());
    }

    private static ScoreLine Text(AuditReport report, MendCommands commands)
    {
        if (report.BurnedInText.Count == 0)
            return new(Findings.Text, Verdict.Pass, "No writing was found outside the head.");
        var found = $"{Images(report.BurnedInText.Count)} carry writing or drawing outside the head";
        return Widest(report.Counts.Labels) is var (most, least) && Share(most) - Share(least) > TextTellsLabel
            ? new(Findings.Text, Verdict.Fail,
                $"{found}, {Percent(Share(most))} of {most.Label} and {Percent(Share(least))} of {least.Label}: a network "
                + "can read that instead of the brain.",
                commands.Scrub())
            : new(Findings.Text, Verdict.Warn, $"{found}; it may name patients.", commands.Scrub());
    }

    /// <summary>The two labels that differ most in how many of their images have text, of one modality.</summary>
    private static (LabelCount Most, LabelCount Least)? Widest(IReadOnlyList<LabelCount> labels)
    {
        var byModality = labels.Where(label => label.Label is not null)
            .GroupBy(label => AuditCounting.Modality(label.Label))
            .Where(modality => modality.Count() > 1)
            .Select(modality => (Most: modality.MaxBy(Share)!, Least: modality.MinBy(Share)!)).ToList();
        return byModality.Count == 0 ? null : byModality.MaxBy(pair => Share(pair.Most) - Share(pair.Least));
    }

    private static double Share(LabelCount label) => (double)label.Text / label.Images;

    private static ScoreLine Shortcuts(AuditReport report, MendCommands commands)
    {
        if (Worst(report, ShortcutSource.All) is not { } worst)
        {
            return new(Findings.Shortcuts, Verdict.Unknown,
                "There are too few images under two labels to say whether labels can be guessed without the brain.");
        }
        var compared = Compared(worst);
        if (!worst.IsShortcut)
        {
            return new(Findings.Shortcuts, Verdict.Pass,
                $"What is not brain hardly tells the label: from border, writing, size and format alone, {compared}.");
        }
        return new(Findings.Shortcuts, Strength(worst), $"From border, writing, size and format alone, with no brain, {compared}.", commands.Scrub());
    }

    private static ScoreLine Acquisition(AuditReport report)
    {
        if (Worst(report, ShortcutSource.Acquisition) is not { } worst)
        {
            return new(Findings.Acquisition, Verdict.Unknown,
                "There are too few images under two labels to say whether labels can be guessed from how the head was imaged.");
        }
        var tumours = report.Shortcuts.FromAcquisition.Where(result => result.Question != ShortcutQuestion.Label).ToList();
        var compared = string.Join("; ", (tumours.Count > 0 ? tumours : [worst]).Select(Compared));
        return worst.IsShortcut
            ? new(Findings.Acquisition, Strength(worst),
                $"From how the head was imaged alone, without a look for a lesion, {compared}: a network can read sequence and plane instead of "
                + $"the lesion.{OneAnswer(report)}")
            : new(Findings.Acquisition, Verdict.Pass, $"How the head was imaged hardly tells the label: from sequence, plane and sharpness alone, {compared}.");
    }

    private static string OneAnswer(AuditReport report)
    {
        var kinds = report.Acquisition.Kinds.Where(kind => kind.Answer is not null).ToList();
        return kinds.Count == 0 ? "" : $" {Number(kinds.Count)} of {Count(report.Acquisition.Kinds.Count, "kind")} of image have hardly more than one answer: "
            + $"{Images(kinds.Sum(kind => kind.Images.Count))}.";
    }

    private static ScoreLine Against(AuditReport report)
    {
        if (report.Against is not { } against)
        {
            return new(Findings.Against, Verdict.Unknown,
                "No other data set was compared: a label that is wrong in kind shows only beside a second source.");
        }
        var other = Path.GetFileName(Path.TrimEndingDirectorySeparator(against.Source));
        if (against.Copies.Count == 0)
            return new(Findings.Against, Verdict.Pass, $"None of the {Images(against.Images)} of {other} was found to be a copy of an image here.");
        var copies = $"{Images(against.Copies.Count)} are copies of images of {other}";
        if (against.Contradictions.Count == 0)
            return new(Findings.Against, Verdict.Warn, $"{copies}, and no label contradicts another: the one set is no test of the other.");
        var most = against.Labels[0];
        return new(Findings.Against, Verdict.Fail,
            $"{copies}; {Number(against.Contradictions.Count)} of them have labels there that cannot be true with those here, most often {most.Here} here "
            + $"and {most.There} there ({Number(most.Images)}): one of the two is wrong.");
    }

    /// <summary>The worst of what can be guessed from a source. A modality may well be told by it: what must not be is the tumour.</summary>
    private static ShortcutResult? Worst(AuditReport report, ShortcutSource source) => report.Shortcuts.Results
        .Where(result => result.Source == source)
        .OrderBy(result => result.Question == ShortcutQuestion.Label)
        .ThenByDescending(result => result.Accuracy - result.MajorityRate).FirstOrDefault();

    private static string Compared(ShortcutResult result) =>
        $"{ShortcutWords.Of(result.Question)} is guessed right for {Percent(result.Accuracy)} of the images, against "
        + $"{Percent(result.MajorityRate)} by always naming the most frequent";

    private static Verdict Strength(ShortcutResult result) =>
        result.AccuracyLow - result.MajorityRate > StrongShortcut ? Verdict.Fail : Verdict.Warn;

    private static ScoreLine Metadata(AuditReport report, MendCommands commands) => report.Metadata.Count == 0
        ? new(Findings.Metadata, Verdict.Pass, "No file's metadata names people, dates, places or devices.")
        : new(Findings.Metadata, Verdict.Warn,
            $"The metadata of {Files(report.Metadata.Count)} holds {Kinds(report)}: look before you pass them on.",
            commands.Scrub());

    private static string Kinds(AuditReport report) => string.Join(", ", report.Metadata
        .SelectMany(image => image.Fields.Select(field => field.Kind)).CountBy(kind => kind)
        .OrderByDescending(kind => kind.Value).Select(kind => kind.Key switch
        {
            "text" => "free text",
            var name => name + "s",
        }));

    private static ScoreLine OddFiles(AuditReport report)
    {
        var files = report.Files;
        var found = ((int Count, string What)[])
        [
            (files.Blank.Count, "blank"),
            (files.Tiny.Count, $"smaller than {FileFaults.TinySide} pixels"),
            (files.Squashed.Count, "so oblong that a square network squashes them"),
            (files.WrongExtensions.Count, "not of the format that their name says"),
        ];
        var said = found.Where(fault => fault.Count > 0).Select(fault => $"{Number(fault.Count)} {fault.What}").ToList();
        return said.Count == 0
            ? new(Findings.Files, Verdict.Pass, "No image is blank, tiny, oblong or misnamed.")
            : new(Findings.Files, Verdict.Warn, $"Of {Images(report.Images)}, {string.Join("; ", said)}.");
    }
}
