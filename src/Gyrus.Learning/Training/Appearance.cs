namespace Gyrus.Learning.Training;

/// <summary>Another scanner's look, drawn: what a plane's grey levels become, whatever is seen on it.</summary>
/// <param name="Curve">What grey levels become; null to leave them.</param>
/// <param name="Filters">A shallow network of random filters; null for none.</param>
/// <param name="Field">[Side, Side]: logarithms of what the plane is multiplied by, on a coarse grid; null for none.</param>
internal sealed record DrawnAppearance(GreyCurve? Curve, RandomFilters? Filters, float[]? Field);

/// <summary>
/// Draws how the same head could look on another sequence or scanner, so that a network cannot read the answer from the contrast: random curves of
/// grey levels, rising, falling or neither; random shallow convolutions (Ouyang et al. 2022, "Causality-inspired Single-source Domain
/// Generalization for Medical Image Segmentation", GIN); a smooth field over the image, as coils make it (Billot et al. 2023, "SynthSeg").
/// </summary>
internal static class Appearance
{
    /// <summary>Nodes along a side of the grid of the field.</summary>
    public const int FieldSide = 4;

    /// <summary>Draws a look.</summary>
    /// <param name="options">How often and how much.</param>
    /// <param name="keepsOrder">Whether what is brighter has to stay brighter: on CT grey levels are a measure, and bone is white.</param>
    /// <param name="random">Decides it.</param>
    public static DrawnAppearance Draw(AugmentationOptions options, bool keepsOrder, SeededRandom random)
    {
        bool curved = random.NextDouble() < options.Curves;
        var curve = curved ? GreyCurve.Draw(keepsOrder, random) : null;
        bool filtered = random.NextDouble() < options.Convolutions && !keepsOrder;
        var filters = filtered ? RandomFilters.Draw(random) : null;
        var field = options.BiasField > 0 ? Field(options.BiasField, random) : null;
        return new DrawnAppearance(curve, filters, field);
    }

    /// <summary>Gives a plane the look. What is black stays black: the air, and what was blanked.</summary>
    /// <param name="plane">[size, size], 0 to 255.</param>
    /// <param name="size">Width and height.</param>
    /// <param name="look">The look.</param>
    public static void Apply(Span<float> plane, int size, DrawnAppearance look)
    {
        if (look is { Curve: null, Filters: null, Field: null }) return;
        var before = plane.ToArray();
        if (look.Field is { } field) Multiply(plane, size, field);
        if (look.Filters is { } filters) filters.Apply(plane, size);
        look.Curve?.Apply(plane);
        for (int i = 0; i < plane.Length; i++) plane[i] = Math.Clamp(plane[i], 0, 255) * Tissue(before[i]);
    }

    // 0 for black and 1 from a twentieth of the range on: between them the edge of the head fades as it did.
    private static float Tissue(float grey) => Math.Clamp(grey / 12, 0, 1);

    private static float[] Field(double strength, SeededRandom random)
    {
        var field = new float[FieldSide * FieldSide];
        for (int i = 0; i < field.Length; i++) field[i] = (float)(((random.NextDouble() * 2) - 1) * strength);
        return field;
    }

    private static void Multiply(Span<float> plane, int size, float[] field)
    {
        float scale = (FieldSide - 1f) / Math.Max(size - 1, 1);
        for (int y = 0; y < size; y++)
        {
            int top = Math.Min((int)(y * scale), FieldSide - 2);
            float down = (y * scale) - top;
            for (int x = 0; x < size; x++)
            {
                int left = Math.Min((int)(x * scale), FieldSide - 2);
                float across = (x * scale) - left;
                int at = (top * FieldSide) + left;
                float above = field[at] + (across * (field[at + 1] - field[at]));
                float below = field[at + FieldSide] + (across * (field[at + FieldSide + 1] - field[at + FieldSide]));
                plane[(y * size) + x] *= MathF.Exp(above + (down * (below - above)));
            }
        }
    }
}
