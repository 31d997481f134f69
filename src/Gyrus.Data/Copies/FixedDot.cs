using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Gyrus.Data.Copies;

/// <summary>Products of vectors, added up in one order whatever the processor's registers hold: a library's own order goes with their
/// width, and with it which images are looked at as copies of which.</summary>
internal static class FixedDot
{
    private const int Lanes = 8;

    /// <summary>The sum of products: lane by lane (element i in lane i mod 8), then the lanes in halves, each step rounded once.</summary>
    /// <param name="left">A vector.</param>
    /// <param name="right">Another, as long.</param>
    /// <exception cref="ArgumentException">It is not as long.</exception>
    public static float Of(ReadOnlySpan<float> left, ReadOnlySpan<float> right)
    {
        if (left.Length != right.Length) throw new ArgumentException("vectors of different lengths", nameof(right));
        var sums = Vector256<float>.Zero;
        int whole = left.Length - (left.Length % Lanes);
        for (int i = 0; i < whole; i += Lanes)
        {
            sums = Vector256.FusedMultiplyAdd(
                Vector256.LoadUnsafe(ref Unsafe.Add(ref MemoryMarshal.GetReference(left), i)),
                Vector256.LoadUnsafe(ref Unsafe.Add(ref MemoryMarshal.GetReference(right), i)),
                sums);
        }
        var halves = sums.GetLower() + sums.GetUpper();
        float sum = (halves[0] + halves[2]) + (halves[1] + halves[3]);
        for (int i = whole; i < left.Length; i++) sum = MathF.FusedMultiplyAdd(left[i], right[i], sum);
        return sum;
    }
}
