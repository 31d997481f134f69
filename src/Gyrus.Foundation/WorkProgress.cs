namespace Gyrus;

/// <summary>How far a long piece of work has come; reported through <see cref="IProgress{T}"/>.</summary>
/// <param name="What">What is being done, such as <c>features</c>.</param>
/// <param name="Done">Units done.</param>
/// <param name="Total">Units in all; 0 where that is not known.</param>
/// <param name="Note">A word on the last step, such as the epoch's loss.</param>
public sealed record WorkProgress(string What, long Done, long Total, string? Note = null);
