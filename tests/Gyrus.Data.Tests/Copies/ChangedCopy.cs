using Gyrus.Data.Copies;

namespace Gyrus.Data.Tests.Copies;

/// <summary>A changed copy.</summary>
/// <param name="Kind">One of <see cref="ChangedCopies.Kinds"/>.</param>
/// <param name="Source">The path of the image that it was made from.</param>
/// <param name="Candidate">The copy; its path begins with its kind.</param>
public sealed record ChangedCopy(string Kind, string Source, CopyCandidate Candidate);
