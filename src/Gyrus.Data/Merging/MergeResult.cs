using Gyrus.Data.Copies;
using Gyrus.Data.Import;
using Gyrus.Data.Manifests;

namespace Gyrus.Data.Merging;

/// <summary>A source that was named after its data set.</summary>
/// <param name="Manifest">The path of the data set.</param>
/// <param name="Source">The source's name.</param>
/// <param name="Images">How many images had none.</param>
public sealed record NamedSource(string Manifest, string Source, int Images);

/// <summary>What a merge gave.</summary>
/// <param name="Manifest">The images of all data sets. Those that were left out are among <see cref="Manifest.Dropped"/>, with a note.</param>
/// <param name="Named">Sources that were named after their data sets.</param>
/// <param name="SameFiles">Images that were left out since another source has the same bytes, by their paths.</param>
/// <param name="Copies">The groups of copies that span sources and agree.</param>
/// <param name="Contradictions">The groups of copies that span sources and contradict each other.</param>
/// <param name="Unreadable">Images that could not be compared with the others.</param>
public sealed record MergeResult(
    Manifest Manifest,
    IReadOnlyList<NamedSource> Named,
    IReadOnlyList<string> SameFiles,
    IReadOnlyList<CopyGroup> Copies,
    IReadOnlyList<Contradiction> Contradictions,
    IReadOnlyList<UnreadableFile> Unreadable);
