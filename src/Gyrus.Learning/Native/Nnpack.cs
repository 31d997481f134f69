using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace Gyrus.Learning.Native;

/// <summary>
/// Keeps libtorch from trying NNPACK, an old library for convolutions, where one image is computed on one thread. On processors that it does
/// not know, as on some virtual machines, each try ends in a line of warning, and where it does know them its sums are other than elsewhere.
/// </summary>
internal static class Nnpack
{
    // libtorch's own switch, at::globalContext().setUserEnabledNNPACK(bool), which TorchSharp does not offer.
    private const string GlobalContext = "_ZN2at13globalContextEv";
    private const string SetEnabled = "_ZN2at7Context20setUserEnabledNNPACKEb";

    private static readonly string Library = OperatingSystem.IsMacOS() ? "libtorch_cpu.dylib" : "libtorch_cpu.so";

    private delegate nint ContextFunction();

    private delegate void SetFunction(nint context, [MarshalAs(UnmanagedType.U1)] bool enabled);

    /// <summary>Switches it off for this process; does nothing where libtorch has no such switch.</summary>
    public static void SwitchOff()
    {
        _ = get_num_threads(); // which loads libtorch, so that it is found by its name
        if (!NativeLibrary.TryLoad(Library, out var library)
            || !NativeLibrary.TryGetExport(library, GlobalContext, out var context)
            || !NativeLibrary.TryGetExport(library, SetEnabled, out var set))
        {
            return;
        }
        Marshal.GetDelegateForFunctionPointer<SetFunction>(set)(Marshal.GetDelegateForFunctionPointer<ContextFunction>(context)(), false);
    }
}
