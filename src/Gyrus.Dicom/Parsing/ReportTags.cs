namespace Gyrus.Dicom.Parsing;

/// <summary>The attributes of reports and of images made of others: PS3.6, table 6-1.</summary>
public static class ReportTags
{
    private static readonly Dictionary<DicomTag, KnownTag> Known = [];

    /// <summary>The day on which a document or image was made.</summary>
    public static DicomTag ContentDate { get; } = Add(0x0008, 0x0023, "DA", "ContentDate");

    /// <summary>The time at which it was.</summary>
    public static DicomTag ContentTime { get; } = Add(0x0008, 0x0033, "TM", "ContentTime");

    /// <summary>How a secondary capture came to be.</summary>
    public static DicomTag ConversionType { get; } = Add(0x0008, 0x0064, "CS", "ConversionType");

    /// <summary>A code.</summary>
    public static DicomTag CodeValue { get; } = Add(0x0008, 0x0100, "SH", "CodeValue");

    /// <summary>The scheme that a code is of.</summary>
    public static DicomTag CodingSchemeDesignator { get; } = Add(0x0008, 0x0102, "SH", "CodingSchemeDesignator");

    /// <summary>A code in words.</summary>
    public static DicomTag CodeMeaning { get; } = Add(0x0008, 0x0104, "LO", "CodeMeaning");

    /// <summary>Who defines a template.</summary>
    public static DicomTag MappingResource { get; } = Add(0x0008, 0x0105, "CS", "MappingResource");

    /// <summary>The device, or the program.</summary>
    public static DicomTag ManufacturerModelName { get; } = Add(0x0008, 0x1090, "LO", "ManufacturerModelName");

    /// <summary>The step of the examination that a series belongs to.</summary>
    public static DicomTag ReferencedPerformedProcedureStepSequence { get; } = Add(0x0008, 0x1111, "SQ", "ReferencedPerformedProcedureStepSequence");

    /// <summary>Series that objects referred to are of.</summary>
    public static DicomTag ReferencedSeriesSequence { get; } = Add(0x0008, 0x1115, "SQ", "ReferencedSeriesSequence");

    /// <summary>The class of an object referred to.</summary>
    public static DicomTag ReferencedSopClassUid { get; } = Add(0x0008, 0x1150, "UI", "ReferencedSOPClassUID");

    /// <summary>The UID of an object referred to.</summary>
    public static DicomTag ReferencedSopInstanceUid { get; } = Add(0x0008, 0x1155, "UI", "ReferencedSOPInstanceUID");

    /// <summary>Which of its frames, from 1.</summary>
    public static DicomTag ReferencedFrameNumber { get; } = Add(0x0008, 0x1160, "IS", "ReferencedFrameNumber");

    /// <summary>Objects referred to.</summary>
    public static DicomTag ReferencedSopSequence { get; } = Add(0x0008, 0x1199, "SQ", "ReferencedSOPSequence");

    /// <summary>How an image was made of others, in words.</summary>
    public static DicomTag DerivationDescription { get; } = Add(0x0008, 0x2111, "ST", "DerivationDescription");

    /// <summary>The images that it was made of.</summary>
    public static DicomTag SourceImageSequence { get; } = Add(0x0008, 0x2112, "SQ", "SourceImageSequence");

    /// <summary>The device's number.</summary>
    public static DicomTag DeviceSerialNumber { get; } = Add(0x0018, 0x1000, "LO", "DeviceSerialNumber");

    /// <summary>The versions of its programs.</summary>
    public static DicomTag SoftwareVersions { get; } = Add(0x0018, 0x1020, "LO", "SoftwareVersions");

    /// <summary>Where rows and columns run to.</summary>
    public static DicomTag PatientOrientation { get; } = Add(0x0020, 0x0020, "CS", "PatientOrientation");

    /// <summary>Whether the patient's name could be in the pixels.</summary>
    public static DicomTag BurnedInAnnotation { get; } = Add(0x0028, 0x0301, "CS", "BurnedInAnnotation");

    /// <summary>The unit of a number.</summary>
    public static DicomTag MeasurementUnitsCodeSequence { get; } = Add(0x0040, 0x08EA, "SQ", "MeasurementUnitsCodeSequence");

    /// <summary>How an item of a document belongs to the one above.</summary>
    public static DicomTag RelationshipType { get; } = Add(0x0040, 0xA010, "CS", "RelationshipType");

    /// <summary>What an item holds.</summary>
    public static DicomTag ValueType { get; } = Add(0x0040, 0xA040, "CS", "ValueType");

    /// <summary>What an item is about.</summary>
    public static DicomTag ConceptNameCodeSequence { get; } = Add(0x0040, 0xA043, "SQ", "ConceptNameCodeSequence");

    /// <summary>Whether items are read apart.</summary>
    public static DicomTag ContinuityOfContent { get; } = Add(0x0040, 0xA050, "CS", "ContinuityOfContent");

    /// <summary>A UID that an item holds.</summary>
    public static DicomTag Uid { get; } = Add(0x0040, 0xA124, "UI", "UID");

    /// <summary>A text that an item holds.</summary>
    public static DicomTag TextValue { get; } = Add(0x0040, 0xA160, "UT", "TextValue");

    /// <summary>A code that an item holds.</summary>
    public static DicomTag ConceptCodeSequence { get; } = Add(0x0040, 0xA168, "SQ", "ConceptCodeSequence");

    /// <summary>A number that an item holds, with its unit.</summary>
    public static DicomTag MeasuredValueSequence { get; } = Add(0x0040, 0xA300, "SQ", "MeasuredValueSequence");

    /// <summary>The number.</summary>
    public static DicomTag NumericValue { get; } = Add(0x0040, 0xA30A, "DS", "NumericValue");

    /// <summary>The examination, by codes.</summary>
    public static DicomTag PerformedProcedureCodeSequence { get; } = Add(0x0040, 0xA372, "SQ", "PerformedProcedureCodeSequence");

    /// <summary>The objects that a document refers to.</summary>
    public static DicomTag CurrentRequestedProcedureEvidenceSequence { get; } = Add(0x0040, 0xA375, "SQ", "CurrentRequestedProcedureEvidenceSequence");

    /// <summary>Whether a document is complete.</summary>
    public static DicomTag CompletionFlag { get; } = Add(0x0040, 0xA491, "CS", "CompletionFlag");

    /// <summary>Whether a person vouches for it.</summary>
    public static DicomTag VerificationFlag { get; } = Add(0x0040, 0xA493, "CS", "VerificationFlag");

    /// <summary>The template that items follow.</summary>
    public static DicomTag ContentTemplateSequence { get; } = Add(0x0040, 0xA504, "SQ", "ContentTemplateSequence");

    /// <summary>The items below one.</summary>
    public static DicomTag ContentSequence { get; } = Add(0x0040, 0xA730, "SQ", "ContentSequence");

    /// <summary>The template's number.</summary>
    public static DicomTag TemplateIdentifier { get; } = Add(0x0040, 0xDB00, "CS", "TemplateIdentifier");

    /// <summary>What is known of an attribute; null where it is none of these.</summary>
    /// <param name="tag">Its number.</param>
    internal static KnownTag? Find(DicomTag tag) => Known.GetValueOrDefault(tag);

    private static DicomTag Add(ushort group, ushort element, string representation, string keyword)
    {
        var tag = new DicomTag(group, element);
        Known.Add(tag, new KnownTag(tag, representation, keyword));
        return tag;
    }
}
