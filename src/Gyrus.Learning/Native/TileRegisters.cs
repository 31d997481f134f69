using Gyrus.Models;

namespace Gyrus.Learning.Native;

/// <summary>
/// Keeps libtorch's convolutions from the processor's tile registers (AMX). Where a process uses them, each signal saves 8 kB more onto
/// the stack that .NET has set aside for signals, which is too small for that: the next null reference in managed code, elsewhere an
/// exception, ends the process with a segmentation fault. Seen with .NET 10.0.12 and libtorch 2.10 on a processor that has AMX.
/// </summary>
internal static class TileRegisters
{
    /// <summary>oneDNN's variable for the most that it may use of a processor. Developer guide, "CPU Dispatcher Control".</summary>
    public const string Variable = "ONEDNN_MAX_CPU_ISA";

    /// <summary>Everything below AMX: AVX-512 with bfloat16 products.</summary>
    private const string AllButTiles = "AVX512_CORE_BF16";

    /// <summary>Does so for this process, before libtorch is loaded; a user who has set the variable is obeyed.</summary>
    public static void Avoid()
    {
        if (Environment.GetEnvironmentVariable(Variable) is null or "") NativeVariable.Set(Variable, AllButTiles);
    }
}
