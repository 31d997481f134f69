using System.Runtime.InteropServices;
using Gyrus.Learning.Native;
using Xunit;

namespace Gyrus.Learning.Tests.Native;

public sealed class NnpackTests
{
    private delegate nint ContextFunction();

    [return: MarshalAs(UnmanagedType.U1)]
    private delegate bool IsEnabledFunction(nint context);

    [Fact]
    public void SwitchOff_is_heard_by_libtorch()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "libtorch comes for Linux alone");
        TorchLibrary.EnsureLoadable();

        Nnpack.SwitchOff();

        var library = NativeLibrary.Load("libtorch_cpu.so");
        var context = Marshal.GetDelegateForFunctionPointer<ContextFunction>(NativeLibrary.GetExport(library, "_ZN2at13globalContextEv"))();
        Assert.False(Marshal.GetDelegateForFunctionPointer<IsEnabledFunction>(
            NativeLibrary.GetExport(library, "_ZNK2at7Context17userEnabledNNPACKEv"))(context));
    }
}
