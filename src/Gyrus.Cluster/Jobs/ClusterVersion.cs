using System.Reflection;
using Gyrus.Inference;

namespace Gyrus.Cluster.Jobs;

/// <summary>The version of Gyrus by which nodes know that they give the same answers.</summary>
public static class ClusterVersion
{
    /// <summary>This program's.</summary>
    public static string Own { get; } = typeof(ScanClassifier).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;
}
