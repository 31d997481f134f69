using Gyrus.Dicom.Display;
using Gyrus.Imaging.Decoding;
using Gyrus.Inference.Studies;

namespace Gyrus.Cluster.Jobs;

/// <summary>What is done with the items of a job.</summary>
public enum JobKind
{
    /// <summary>Images or studies are answered: an item is a file, or a study of an archive.</summary>
    Classify,

    /// <summary>Features of images are computed: an item is an image of the manifest.</summary>
    Features,

    /// <summary>Folds are trained: an item is the number of a fold.</summary>
    Folds,

    /// <summary>Settings of a head are tried: an item is a setting.</summary>
    Tuning,
}

/// <summary>What a job is to do with each of its items. All that decides an answer is here, so that it is the same wherever the job runs.</summary>
/// <param name="Package">The model package, or what is to be trained on what (<see cref="Packages.PackageHash"/>).</param>
/// <param name="Version">The version of Gyrus that answers; a node of another takes no part.</param>
/// <param name="Recipe">What makes the answers, in words: each line has it.</param>
/// <param name="Options">How images are classified.</param>
/// <param name="Source">What the user named, for people.</param>
/// <param name="Created">When, in UTC.</param>
/// <param name="Kind">What is done with each item.</param>
/// <param name="After">The job that has to be done before, since its answers are needed; null for none.</param>
[GenerateSerializer, Immutable, Alias("gyrus.job-request")]
public sealed record JobRequest(
    string Package, string Version, string Recipe, AnswerOptions Options, string Source, DateTimeOffset Created, JobKind Kind = JobKind.Classify, string? After = null);

/// <summary>How images are classified.</summary>
/// <param name="Threshold">The tumour probability from which an image is called a tumour; null for the package's own.</param>
/// <param name="Views">Mirror images that are looked at: 1, 2 or 4.</param>
/// <param name="WindowCentre">Through which greys of DICOM and NIfTI are seen, with <paramref name="WindowWidth"/>; null for the usual ones.</param>
/// <param name="WindowWidth">See <paramref name="WindowCentre"/>.</param>
/// <param name="Level">What an answer is of. Where it is not of images a shard has the files of whole studies.</param>
/// <param name="Archive">The archive whose studies the items name by their addresses, as <c>dicomweb:https://archive.example/dicom-web</c>; null where they are files. Who asks it, each node has
/// in its own environment (<see cref="DicomWeb.ArchiveAddress.Parse"/>).</param>
[GenerateSerializer, Immutable, Alias("gyrus.answer-options")]
public sealed record AnswerOptions(
    double? Threshold = null, int Views = 1, double? WindowCentre = null, double? WindowWidth = null, AnswerLevel Level = AnswerLevel.Slice, string? Archive = null)
{
    /// <summary>Reads images so.</summary>
    internal SliceReader Reader() => new(WindowCentre is { } centre && WindowWidth is { } width ? new GreyWindow(centre, width) : null);
}
