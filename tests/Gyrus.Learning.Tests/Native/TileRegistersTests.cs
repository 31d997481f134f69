using System.Runtime.CompilerServices;
using Gyrus.Learning.Native;
using Xunit;
using static TorchSharp.torch;

namespace Gyrus.Learning.Tests.Native;

public sealed class TileRegistersTests
{
    [Fact]
    public void A_null_reference_after_a_convolution_in_bfloat16_is_an_exception_and_not_the_end_of_the_process()
    {
        TorchLibrary.EnsureLoadable();
        Exception? fault = null;
        // On a thread of its own: ONNX Runtime may have used the registers on this one.
        var thread = new Thread(() => fault = Record.Exception(ConvolveAndMeetNull));
        thread.Start();
        thread.Join();

        Assert.Null(fault);
    }

    private static void ConvolveAndMeetNull()
    {
        using var images = zeros([4, 64, 32, 32], ScalarType.BFloat16);
        using var kernels = zeros([64, 64, 3, 3], ScalarType.BFloat16);
        using var maps = nn.functional.conv2d(images, kernels);

        for (int i = 0; i < 100; i++) Assert.Throws<NullReferenceException>(() => LengthOf(null!));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int LengthOf(string text) => text.Length;
}
