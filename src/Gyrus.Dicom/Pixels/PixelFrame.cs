namespace Gyrus.Dicom.Pixels;

/// <summary>The samples of one image of an object, as stored: not rescaled, and with no window.</summary>
/// <param name="Layout">How they are to be understood; never planar, and no longer YBR or a palette.</param>
/// <param name="Raw">[Rows, Columns, Samples]: the bits of each; a signed one's are those of a 16-bit number.</param>
public sealed record PixelFrame(PixelLayout Layout, ushort[] Raw)
{
    /// <summary>A stored value.</summary>
    /// <param name="index">Its place in <see cref="Raw"/>.</param>
    public int Value(int index) => Layout.IsSigned ? (short)Raw[index] : Raw[index];
}
