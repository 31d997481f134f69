using Gyrus.Dicom.Parsing;

namespace Gyrus.Dicom.Privacy;

/// <summary>A line of PS3.15 table E.1-1.</summary>
/// <param name="Tag">The number as the table writes it, such as <c>(0010,0010)</c> or <c>(60xx,3000)</c>.</param>
/// <param name="Keyword">The attribute's keyword in PS3.6.</param>
/// <param name="Basic">What the basic profile does.</param>
/// <param name="Dates">What is done where dates are kept in their distances: "Retain Longitudinal Temporal Information with Modified Dates".</param>
/// <param name="Descriptors">What is done where descriptions are kept: "Clean Descriptors".</param>
/// <param name="Device">What is done where the device may be known: "Retain Device Identity".</param>
/// <param name="Characteristics">What is done where the patient's size, weight and the like are kept: "Retain Patient Characteristics".</param>
public sealed record ProfileRow(
    string Tag, string Keyword, ProfileAction Basic, OptionAction Dates, OptionAction Descriptors, OptionAction Device, OptionAction Characteristics)
{
    /// <summary>The bits of an attribute's number that <see cref="Number"/> says.</summary>
    public uint Mask { get; init; } = uint.MaxValue;

    /// <summary>The number, and 0 for bits of any value.</summary>
    public uint Number { get; init; }

    /// <summary>Whether an attribute is meant.</summary>
    /// <param name="tag">Its number.</param>
    public bool Matches(DicomTag tag) => (tag.Number & Mask) == Number;
}
