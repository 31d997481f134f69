using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Gyrus.Learning.Native;

/// <summary>Makes TorchSharp loadable before any code of this library runs, whoever comes first.</summary>
internal static class TorchStart
{
    [ModuleInitializer]
    [SuppressMessage("Usage", "CA2255", Justification = "TorchSharp loads its native library once, and a load that failed is never tried again.")]
    internal static void Prepare()
    {
        try
        {
            TorchLibrary.EnsureLoadable();
        }
        catch (GyrusException)
        {
            // Told where libtorch is needed: much of this library works without it.
        }
    }
}
