namespace Gyrus.Learning.Export.Int8;

/// <summary>The range of values that eight bits are spread over; zero is always in it, and always exact.</summary>
/// <param name="Low">The lower end, at most 0.</param>
/// <param name="High">The upper end, at least 0.</param>
public readonly record struct ValueRange(float Low, float High)
{
    /// <summary>The least step: two of them multiplied are still a number.</summary>
    internal const float LeastScale = 1e-12f;

    private const float Steps = byte.MaxValue;

    /// <summary>The step between two neighbouring values; 1 for a range of no width.</summary>
    public float Scale => High > Low ? Math.Max((High - Low) / Steps, LeastScale) : 1;

    /// <summary>The byte that stands for zero.</summary>
    public byte ZeroPoint => (byte)Math.Clamp(MathF.Round(-Low / Scale), 0, Steps);
}
