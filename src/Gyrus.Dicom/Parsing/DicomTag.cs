using System.Globalization;

namespace Gyrus.Dicom.Parsing;

/// <summary>The number of a DICOM attribute.</summary>
/// <param name="Group">Its group, such as 0x0028 for how pixels are kept.</param>
/// <param name="Element">Its number in the group.</param>
public readonly record struct DicomTag(ushort Group, ushort Element) : IComparable<DicomTag>
{
    /// <summary>Whether the standard leaves its meaning to makers of devices: an odd group, PS3.5 section 7.8.</summary>
    public bool IsPrivate => (Group & 1) == 1;

    /// <inheritdoc/>
    public int CompareTo(DicomTag other) => Number.CompareTo(other.Number);

    /// <summary>Both halves as one number, by which attributes of a data set are ordered.</summary>
    public uint Number => ((uint)Group << 16) | Element;

    /// <summary>As the standard writes it, such as <c>(0028,0010)</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"({Group:X4},{Element:X4})");

    /// <summary>Whether one comes before another.</summary>
    public static bool operator <(DicomTag left, DicomTag right) => left.Number < right.Number;

    /// <summary>Whether one comes behind another.</summary>
    public static bool operator >(DicomTag left, DicomTag right) => left.Number > right.Number;

    /// <summary>Whether one comes before another or is it.</summary>
    public static bool operator <=(DicomTag left, DicomTag right) => left.Number <= right.Number;

    /// <summary>Whether one comes behind another or is it.</summary>
    public static bool operator >=(DicomTag left, DicomTag right) => left.Number >= right.Number;
}
