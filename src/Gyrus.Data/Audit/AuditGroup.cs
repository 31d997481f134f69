namespace Gyrus.Data.Audit;

/// <summary>A group of copies, with what the source says of them.</summary>
/// <param name="Id">Names the group.</param>
/// <param name="Images">The paths, two or more.</param>
/// <param name="Exact">Whether all are the same byte for byte.</param>
/// <param name="Labels">Their different labels; more than one is a conflict.</param>
/// <param name="Parts">Their different parts: <c>train</c>, <c>val</c>, <c>test</c>.</param>
public sealed record AuditGroup(
    string Id,
    IReadOnlyList<string> Images,
    bool Exact,
    IReadOnlyList<string> Labels,
    IReadOnlyList<string> Parts);
