using System.Reflection;
using TorchSharp;

namespace Gyrus.Learning.Runs;

/// <summary>Versions that a result depends on.</summary>
public static class LibraryVersions
{
    /// <summary>The version of Gyrus, such as <c>0.1.0</c>.</summary>
    public static string Gyrus => Of(typeof(LibraryVersions).Assembly);

    /// <summary>The libraries that compute, by name.</summary>
    public static IReadOnlyDictionary<string, string> All => new SortedDictionary<string, string>
    {
        ["dotnet"] = Environment.Version.ToString(),
        ["libtorch"] = torch.__version__,
        ["NetVips"] = Of(typeof(NetVips.Image).Assembly),
        ["OnnxRuntime"] = Of(typeof(Microsoft.ML.OnnxRuntime.InferenceSession).Assembly),
        ["TorchSharp"] = Of(typeof(torch).Assembly),
    };

    private static string Of(Assembly assembly)
    {
        var version = assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion
            ?? assembly.GetName().Version?.ToString() ?? "unknown";
        return version.Split('+')[0];
    }
}
