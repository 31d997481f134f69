using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using Gyrus.Dicom.Parsing;
using Gyrus.Dicom.Pixels;

namespace Gyrus.Dicom.Display;

/// <summary>From stored values to those of the modality, such as Hounsfield units: PS3.3 section C.11.1.</summary>
/// <param name="Slope">What a stored value is multiplied by.</param>
/// <param name="Intercept">What is added then.</param>
/// <param name="Unit">Such as <c>HU</c>; empty where the file does not say it.</param>
public sealed record ModalityValues(double Slope, double Intercept, string Unit)
{
    // PS3.3 section C.11.1.1.2.
    private const string Unspecified = "US";

    private (int First, ushort[] Values)? Table { get; init; }

    /// <summary>Whether values come of a table, and not of slope and intercept.</summary>
    public bool HasTable => Table is not null;

    /// <summary>Whether stored values are those of the modality.</summary>
    public bool ChangeNothing => Table is null && Slope == 1 && Intercept == 0;

    /// <summary>What the attributes of a frame say.</summary>
    /// <param name="attributes">The frame's.</param>
    /// <param name="layout">How its pixels are kept.</param>
    public static ModalityValues Of(FrameAttributes attributes, PixelLayout layout)
    {
        ArgumentNullException.ThrowIfNull(attributes);
        ArgumentNullException.ThrowIfNull(layout);
        if (attributes.Object.Items(DicomTags.ModalityLutSequence) is [var table, ..]
            && table.Numbers(DicomTags.LutDescriptor, layout.IsSigned) is [_, var first, ..] && table.Words(DicomTags.LutData) is { Length: > 0 } values)
        {
            return new(1, 0, "") { Table = ((int)first, values) };
        }
        double slope = One(DicomTags.RescaleSlope) ?? 1, intercept = One(DicomTags.RescaleIntercept) ?? 0;
        var unit = attributes.Text(DicomTags.PixelValueTransformationSequence, DicomTags.RescaleType);
        if (unit == Unspecified) unit = "";
        if (unit.Length == 0 && attributes.Object.Text(DicomTags.Modality) == "CT") unit = "HU";
        return new(slope == 0 ? 1 : slope, intercept, unit);

        double? One(DicomTag tag) => attributes.Numbers(DicomTags.PixelValueTransformationSequence, tag) is [var number, ..] ? number : null;
    }

    /// <summary>The value of the modality for a stored one.</summary>
    /// <param name="stored">The stored value.</param>
    public double Of(int stored) => Table is { } table ? table.Values[Math.Clamp(stored - table.First, 0, table.Values.Length - 1)] : (stored * Slope) + Intercept;

    /// <summary>The values of the modality of a frame.</summary>
    /// <param name="frame">A grey frame.</param>
    /// <returns>[Rows, Columns].</returns>
    public float[] Of(PixelFrame frame)
    {
        ArgumentNullException.ThrowIfNull(frame);
        var raw = frame.Raw;
        var values = new float[raw.Length];
        if (Table is not null)
        {
            for (int i = 0; i < values.Length; i++) values[i] = (float)Of(frame.Value(i));
            return values;
        }
        if (frame.Layout.IsSigned) TensorPrimitives.ConvertTruncating<short, float>(MemoryMarshal.Cast<ushort, short>(raw), values);
        else TensorPrimitives.ConvertTruncating<ushort, float>(raw, values);
        var (slope, intercept) = (Slope, Intercept);
        if (ChangeNothing) return values;
        // Rounded once, from double: a product of float32 alone would be another number than pydicom's.
        for (int i = 0; i < values.Length; i++) values[i] = (float)((values[i] * slope) + intercept);
        return values;
    }
}
