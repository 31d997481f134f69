using System.Text.Json.Serialization;
using Gyrus.Data.Acquisition;
using Gyrus.Data.Copies;
using Gyrus.Data.Examining;
using Gyrus.Data.Import;
using Gyrus.Data.Labels;
using Gyrus.Data.Metadata;
using Gyrus.Data.Shortcuts;
using Gyrus.Data.Splits;

namespace Gyrus.Data.Audit;

/// <summary>What an audit found. Paths are as they stand in the source.</summary>
public sealed record AuditReport
{
    /// <summary>The version of <c>audit.json</c> that this is.</summary>
    public int FormatVersion { get; init; } = 1;

    /// <summary>What was audited, as it was named.</summary>
    public required string Source { get; init; }

    /// <summary>The number of images that can be read.</summary>
    public required int Images { get; init; }

    /// <summary>The number of files that are no images by their names.</summary>
    public required int Ignored { get; init; }

    /// <summary>What must be mended before a figure from this set means anything; the most basic first.</summary>
    public required IReadOnlyList<ScoreLine> ScoreCard { get; init; }

    /// <summary>What the set holds.</summary>
    public required AuditCounts Counts { get; init; }

    /// <summary>Images that show the same scan, largest groups first.</summary>
    public required IReadOnlyList<AuditGroup> Groups { get; init; }

    /// <summary>Images in the validation or test part that have a copy in the training part.</summary>
    public required IReadOnlyList<string> Leakage { get; init; }

    /// <summary>The same counted by label and part; empty where the source names no parts.</summary>
    public required IReadOnlyList<LeakageCount> LeakageByLabel { get; init; }

    /// <summary>The groups with more than one label.</summary>
    public required IReadOnlyList<AuditGroup> Conflicts { get; init; }

    /// <summary>What resolving the labels changes: <see cref="LabelResolution"/>.</summary>
    public required IReadOnlyList<LabelChange> LabelChanges { get; init; }

    /// <summary>The pairs behind the groups.</summary>
    public required IReadOnlyList<CopyPair> Pairs { get; init; }

    /// <summary>Files that cannot be read.</summary>
    public required IReadOnlyList<string> Unreadable { get; init; }

    /// <summary>The same files with the reasons.</summary>
    public required IReadOnlyList<UnreadableFile> UnreadableReasons { get; init; }

    /// <summary>Those of the unreadable files that hold no byte.</summary>
    public required IReadOnlyList<string> Empty { get; init; }

    /// <summary>Images with writing or drawing outside the head.</summary>
    public required IReadOnlyList<string> BurnedInText { get; init; }

    /// <summary>Images that do not look like scans of heads: no head was found, or they are in colour.</summary>
    public required IReadOnlyList<string> NotHeads { get; init; }

    /// <summary>How well the label can be guessed from what is not brain, and from how the head was imaged.</summary>
    public required ShortcutReport Shortcuts { get; init; }

    /// <summary>The kinds of image by how the head was imaged, and their labels.</summary>
    public required AcquisitionReport Acquisition { get; init; }

    /// <summary>What another data set says of the same scans; null where none was compared.</summary>
    public AgainstReport? Against { get; init; }

    /// <summary>Images that can be read and are odd.</summary>
    public required FileFaults Files { get; init; }

    /// <summary>What files say beside their pixels.</summary>
    public required IReadOnlyList<ImageMetadata> Metadata { get; init; }

    /// <summary>The images behind the report.</summary>
    [JsonIgnore]
    public IReadOnlyList<ExaminedImage> Examined { get; init; } = [];

    /// <summary>The score card's line on a finding.</summary>
    public ScoreLine Line(string finding) => ScoreCard.Single(line => line.Finding == finding);
}

/// <summary>What a file says beside its pixels.</summary>
/// <param name="Path">The image.</param>
/// <param name="Fields">The fields.</param>
public sealed record ImageMetadata(string Path, IReadOnlyList<MetadataFinding> Fields);
