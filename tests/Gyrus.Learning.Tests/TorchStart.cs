using System.Runtime.CompilerServices;
using Gyrus.Learning.Native;

namespace Gyrus.Learning.Tests;

/// <summary>Makes TorchSharp loadable before the first test: a test may use it before anything of the product.</summary>
internal static class TorchStart
{
    [ModuleInitializer]
    internal static void Prepare() => TorchLibrary.EnsureLoadable();
}
