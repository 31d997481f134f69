using System.Globalization;
using Gyrus.Learning.Native;
using static TorchSharp.torch;

namespace Gyrus.Learning.Networks;

/// <summary>Where and how exactly a network is computed.</summary>
/// <param name="Device"><c>cpu</c>, <c>cuda</c> or <c>cuda:1</c> and so on.</param>
/// <param name="BFloat16">Whether the convolutions of a training step are computed in bfloat16: weights, their moments
/// and all that is measured stay float32. Twice as fast where the processor has AVX512-BF16, slower elsewhere. Kalamkar
/// et al. 2019.</param>
public sealed record ComputeOptions(string Device = "cpu", bool BFloat16 = false)
{
    /// <summary>Checks that a device is named, without asking whether it is here.</summary>
    /// <exception cref="GyrusException">No device has such a name.</exception>
    public void Validate()
    {
        bool numbered = Device.StartsWith("cuda:", StringComparison.Ordinal)
            && byte.TryParse(Device.AsSpan(5), NumberStyles.None, CultureInfo.InvariantCulture, out _);
        if (Device is not ("cpu" or "cuda") && !numbered)
            throw new GyrusException($"There is no device '{Device}'. Use cpu, cuda, or cuda:N for one of several.");
    }

    /// <summary>The device as libtorch names it.</summary>
    /// <exception cref="GyrusException">There is no such device here.</exception>
    internal Device Open()
    {
        Validate();
        TorchLibrary.EnsureLoadable();
        if (Device == "cpu") return CPU;
        if (!cuda.is_available())
        {
            throw new GyrusException(
                $"{Device}: the libtorch in use finds no CUDA device. Gyrus comes with the CPU build of libtorch; "
                + "put a CUDA build of the same version in its place, or compute on the cpu.");
        }
        return device(Device);
    }
}
