using System.Runtime.Intrinsics.X86;

namespace Gyrus.Package;

/// <summary>How the processor multiplies bytes, for networks of <see cref="Precision.Int8"/>.</summary>
public static class ByteProducts
{
    /// <summary>The setting of an ONNX Runtime session that asks for exact sums of products. It costs about half the speed
    /// and is not needed where the processor sums in 32 bits.</summary>
    public const string ExactSetting = "session.x64quantprecision";

    private const int Avx512Vnni = 1 << 11; // leaf 7, subleaf 0, ECX
    private const int AvxVnni = 1 << 4;     // leaf 7, subleaf 1, EAX

    /// <summary>Whether the quick way to sum products of bytes goes through 16 bits and may cut sums off: x86 without
    /// VNNI. Bits as in Intel's manual, volume 2, CPUID.</summary>
    public static bool AreCutOff { get; } = X86Base.IsSupported && !HasVnni();

    private static bool HasVnni()
    {
        if (X86Base.CpuId(0, 0).Eax < 7) return false;
        bool wide = (X86Base.CpuId(7, 0).Ecx & Avx512Vnni) != 0 && Avx512F.IsSupported;
        return wide || (X86Base.CpuId(7, 1).Eax & AvxVnni) != 0;
    }
}
