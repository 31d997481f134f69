namespace Gyrus.Inference.HeatMaps;

/// <summary>
/// The colours of evidence: blue for what speaks against over nothing to red for what speaks for, in even steps for the eye (Moreland
/// 2009, "Diverging Color Maps for Scientific Visualization"), which readers with any common colour blindness can tell
/// apart. Where there is no evidence the scan shows through.
/// </summary>
internal static class EvidenceColours
{
    /// <summary>How much of the scan the strongest colour hides.</summary>
    private const float Cover = 0.75f;

    /// <summary>Moreland's table at even steps from -1 to 1.</summary>
    private static readonly (float R, float G, float B)[] Table =
    [
        (59, 76, 192), (98, 130, 234), (141, 176, 254), (184, 208, 249), (221, 221, 221),
        (245, 196, 173), (244, 154, 123), (222, 96, 77), (180, 4, 38),
    ];

    private const int Steps = 512;

    private static readonly Blend[] Blends = [.. Enumerable.Range(0, Steps + 1).Select(i => Make((2f * i / Steps) - 1))];

    /// <summary>A grey value with the colour of some evidence over it.</summary>
    /// <param name="grey">0 to 255.</param>
    /// <param name="evidence">-1 to 1; what is beyond is taken as the end.</param>
    public static (byte R, byte G, byte B) Over(byte grey, float evidence)
    {
        var blend = Blends[(int)(((Math.Clamp(evidence, -1, 1) + 1) * (Steps / 2)) + 0.5f)];
        float below = blend.Through * grey;
        return ((byte)(below + blend.R), (byte)(below + blend.G), (byte)(below + blend.B));
    }

    private static Blend Make(float evidence)
    {
        float at = (evidence + 1) / 2 * (Table.Length - 1);
        int first = Math.Min((int)at, Table.Length - 2);
        var (a, b, share) = (Table[first], Table[first + 1], at - first);
        // Steeper at first, or weak evidence would be lost on a dark scan; the bar is blended in the same way.
        float opacity = Cover * MathF.Pow(MathF.Abs(evidence), 0.75f);
        float Mix(float from, float to) => opacity * (from + (share * (to - from)));
        return new Blend(1 - opacity, Mix(a.R, b.R), Mix(a.G, b.G), Mix(a.B, b.B));
    }

    /// <summary>A colour times its opacity, and the share of what is below that shows through.</summary>
    private readonly record struct Blend(float Through, float R, float G, float B);
}
