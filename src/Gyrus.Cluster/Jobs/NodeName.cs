namespace Gyrus.Cluster.Jobs;

/// <summary>A node: a run of <c>gyrus node</c>. One that is started again is another.</summary>
/// <param name="Address">Its address in the cluster.</param>
/// <param name="Name">Its name, for people.</param>
[GenerateSerializer, Immutable, Alias("gyrus.node-name")]
public sealed record NodeName(SiloAddress Address, string Name);
