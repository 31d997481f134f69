using System.Globalization;
using System.Numerics.Tensors;
using Gyrus.Dicom.Parsing;

namespace Gyrus.Dicom.Display;

/// <summary>How a window turns values into greys: PS3.3 section C.11.2.1.</summary>
public enum WindowShape
{
    /// <summary>Straight, from half a step below: the usual one.</summary>
    Linear,

    /// <summary>Straight, from edge to edge.</summary>
    LinearExact,

    /// <summary>An S without edges.</summary>
    Sigmoid,
}

/// <summary>The range of a modality's values that is shown from black to white.</summary>
/// <param name="Centre">The value that is middle grey.</param>
/// <param name="Width">The values from black to white, above 0.</param>
/// <param name="Shape">How values between become greys.</param>
public sealed record GreyWindow(double Centre, double Width, WindowShape Shape = WindowShape.Linear)
{
    private static readonly Dictionary<string, GreyWindow> Presets = new(StringComparer.OrdinalIgnoreCase)
    {
        // In Hounsfield units: the usual windows of a head, as radiology teaching files have them (radiopaedia.org, "Windowing (CT)").
        ["brain"] = new(40, 80),
        ["subdural"] = new(75, 215),
        ["stroke"] = new(40, 40),
        ["bone"] = new(600, 2800),
        ["soft"] = new(50, 350),
    };

    /// <summary>The names of windows for CT.</summary>
    public static IReadOnlyCollection<string> Names => Presets.Keys;

    /// <summary>A window by its name, such as <c>brain</c>, or by centre and width, such as <c>40,80</c>.</summary>
    /// <param name="text">What a person wrote.</param>
    /// <exception cref="GyrusException">It is neither.</exception>
    public static GreyWindow Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (Presets.TryGetValue(text, out var preset)) return preset;
        double[] numbers = [.. text.Split(',').Select(part => double.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? number : double.NaN)];
        return numbers is [var centre, > 0 and var width] && double.IsFinite(centre) && double.IsFinite(width) ? new(centre, width)
            : throw new GyrusException($"'{text}' is no window. Give centre and width, as 40,80, or one of {string.Join(", ", Names)}.");
    }

    /// <summary>The first window that a file gives for a frame; null where it gives none.</summary>
    /// <param name="attributes">The frame's attributes.</param>
    public static GreyWindow? Of(FrameAttributes attributes)
    {
        ArgumentNullException.ThrowIfNull(attributes);
        if (attributes.Numbers(DicomTags.FrameVoiLutSequence, DicomTags.WindowCenter) is not [var centre, ..]
            || attributes.Numbers(DicomTags.FrameVoiLutSequence, DicomTags.WindowWidth) is not [>= 1 and var width, ..])
        {
            return null;
        }
        var shape = attributes.Text(DicomTags.FrameVoiLutSequence, DicomTags.VoiLutFunction) switch
        {
            "LINEAR_EXACT" => WindowShape.LinearExact,
            "SIGMOID" => WindowShape.Sigmoid,
            _ => WindowShape.Linear,
        };
        return new(centre, width, shape);
    }

    /// <summary>A window from one value to another.</summary>
    /// <param name="black">The value that is black.</param>
    /// <param name="white">The value that is white, above it.</param>
    public static GreyWindow Between(double black, double white) => new((black + white) / 2, Math.Max(white - black, 1e-6), WindowShape.LinearExact);

    /// <summary>The greys of values.</summary>
    /// <param name="values">Of the modality.</param>
    /// <param name="isInverted">Whether the lowest is white.</param>
    /// <returns>0 for black to 255 for white, not rounded; 0 where a value is no number.</returns>
    public float[] Levels(ReadOnlySpan<float> values, bool isInverted)
    {
        var levels = new float[values.Length];
        if (Shape == WindowShape.Sigmoid || (Shape == WindowShape.Linear && Width <= 1))
        {
            for (int i = 0; i < levels.Length; i++) levels[i] = (float)(255 * (isInverted ? 1 - Grey(values[i]) : Grey(values[i])));
            return levels;
        }
        // Straight windows as one product and one sum.
        double black = Shape == WindowShape.Linear ? Centre - 0.5 - ((Width - 1) / 2) : Centre - (Width / 2);
        double slope = 255 / (Shape == WindowShape.Linear ? Width - 1 : Width), offset = -black * slope;
        if (isInverted) (slope, offset) = (-slope, 255 - offset);
        TensorPrimitives.Multiply(values, (float)slope, levels);
        TensorPrimitives.Add(levels, (float)offset, levels);
        TensorPrimitives.MaxNumber(levels, 0, levels);
        TensorPrimitives.MinNumber(levels, 255, levels);
        return levels;
    }

    /// <summary>The grey of a value.</summary>
    /// <param name="value">Of the modality.</param>
    /// <returns>0 for black to 1 for white.</returns>
    public double Grey(double value) => Shape switch
    {
        WindowShape.Sigmoid => 1 / (1 + Math.Exp(-4 * (value - Centre) / Width)),
        WindowShape.LinearExact => Math.Clamp(((value - Centre) / Width) + 0.5, 0, 1),
        _ when Width <= 1 => value > Centre - 0.5 ? 1 : 0,
        _ => Math.Clamp(((value - (Centre - 0.5)) / (Width - 1)) + 0.5, 0, 1),
    };
}
