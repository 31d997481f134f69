namespace Gyrus.Cluster.Jobs;

/// <summary>What a job is to do with each of its files. All that decides an answer is here, so that it is the same wherever the job runs.</summary>
/// <param name="Package">The model package (<see cref="Packages.PackageHash"/>).</param>
/// <param name="Version">The version of Gyrus that answers; a node of another takes no part.</param>
/// <param name="Recipe">What makes the answers, in words: each line has it.</param>
/// <param name="Options">How images are classified.</param>
/// <param name="Source">What the user named, for people.</param>
/// <param name="Created">When, in UTC.</param>
[GenerateSerializer, Immutable, Alias("gyrus.job-request")]
public sealed record JobRequest(string Package, string Version, string Recipe, AnswerOptions Options, string Source, DateTimeOffset Created);

/// <summary>How images are classified.</summary>
/// <param name="Threshold">The tumour probability from which an image is called a tumour; null for the package's own.</param>
/// <param name="Views">Mirror images that are looked at: 1, 2 or 4.</param>
/// <param name="WindowCentre">Through which greys of DICOM and NIfTI are seen, with <paramref name="WindowWidth"/>; null for the usual ones.</param>
/// <param name="WindowWidth">See <paramref name="WindowCentre"/>.</param>
[GenerateSerializer, Immutable, Alias("gyrus.answer-options")]
public sealed record AnswerOptions(double? Threshold = null, int Views = 1, double? WindowCentre = null, double? WindowWidth = null);
