namespace Gyrus.Dicom.Parsing;

/// <summary>An attribute that Gyrus interprets.</summary>
/// <param name="Tag">Its number.</param>
/// <param name="Representation">How its value is written (PS3.6), for files that do not say it.</param>
/// <param name="Keyword">Its keyword in PS3.6, for errors.</param>
public sealed record KnownTag(DicomTag Tag, string Representation, string Keyword);

/// <summary>The attributes that Gyrus interprets, and no others: PS3.6, table 6-1.</summary>
public static class DicomTags
{
    private static readonly Dictionary<DicomTag, KnownTag> Known = [];

    /// <summary>The bytes of the file's own header behind this attribute.</summary>
    public static DicomTag FileMetaInformationGroupLength { get; } = Add(0x0002, 0x0000, "UL", "FileMetaInformationGroupLength");

    /// <summary>The version of the file's own header.</summary>
    public static DicomTag FileMetaInformationVersion { get; } = Add(0x0002, 0x0001, "OB", "FileMetaInformationVersion");

    /// <summary>The object's UID, in the file's own header.</summary>
    public static DicomTag MediaStorageSopInstanceUid { get; } = Add(0x0002, 0x0003, "UI", "MediaStorageSOPInstanceUID");

    /// <summary>The program that wrote the file.</summary>
    public static DicomTag ImplementationClassUid { get; } = Add(0x0002, 0x0012, "UI", "ImplementationClassUID");

    /// <summary>The program's name.</summary>
    public static DicomTag ImplementationVersionName { get; } = Add(0x0002, 0x0013, "SH", "ImplementationVersionName");

    /// <summary>The transfer syntax of the data set behind the file's own header.</summary>
    public static DicomTag TransferSyntaxUid { get; } = Add(0x0002, 0x0010, "UI", "TransferSyntaxUID");

    /// <summary>The alphabet of names and descriptions.</summary>
    public static DicomTag SpecificCharacterSet { get; } = Add(0x0008, 0x0005, "CS", "SpecificCharacterSet");

    /// <summary>What kind of image it is: original or derived, localizer, mosaic and others.</summary>
    public static DicomTag ImageType { get; } = Add(0x0008, 0x0008, "CS", "ImageType");

    /// <summary>The class of the object.</summary>
    public static DicomTag SopClassUid { get; } = Add(0x0008, 0x0016, "UI", "SOPClassUID");

    /// <summary>Names the object, and no other in the world.</summary>
    public static DicomTag SopInstanceUid { get; } = Add(0x0008, 0x0018, "UI", "SOPInstanceUID");

    /// <summary>The class of the object, in the file's own header.</summary>
    public static DicomTag MediaStorageSopClassUid { get; } = Add(0x0002, 0x0002, "UI", "MediaStorageSOPClassUID");

    /// <summary>The day of the study.</summary>
    public static DicomTag StudyDate { get; } = Add(0x0008, 0x0020, "DA", "StudyDate");

    /// <summary>The time of the study.</summary>
    public static DicomTag StudyTime { get; } = Add(0x0008, 0x0030, "TM", "StudyTime");

    /// <summary>Names the examination in the hospital's lists.</summary>
    public static DicomTag AccessionNumber { get; } = Add(0x0008, 0x0050, "SH", "AccessionNumber");

    /// <summary>CT, MR and others.</summary>
    public static DicomTag Modality { get; } = Add(0x0008, 0x0060, "CS", "Modality");

    /// <summary>How an image was captured that no scanner made, such as <c>WSD</c> for a screen.</summary>
    public static DicomTag ConversionType { get; } = Add(0x0008, 0x0064, "CS", "ConversionType");

    /// <summary>The maker of the device.</summary>
    public static DicomTag Manufacturer { get; } = Add(0x0008, 0x0070, "LO", "Manufacturer");

    /// <summary>The doctor who asked for it.</summary>
    public static DicomTag ReferringPhysicianName { get; } = Add(0x0008, 0x0090, "PN", "ReferringPhysicianName");

    /// <summary>A code of a coding scheme.</summary>
    public static DicomTag CodeValue { get; } = Add(0x0008, 0x0100, "SH", "CodeValue");

    /// <summary>The coding scheme of a code, such as <c>DCM</c>.</summary>
    public static DicomTag CodingSchemeDesignator { get; } = Add(0x0008, 0x0102, "SH", "CodingSchemeDesignator");

    /// <summary>What a code means.</summary>
    public static DicomTag CodeMeaning { get; } = Add(0x0008, 0x0104, "LO", "CodeMeaning");

    /// <summary>What the study is of, in words.</summary>
    public static DicomTag StudyDescription { get; } = Add(0x0008, 0x1030, "LO", "StudyDescription");

    /// <summary>What the series is, in words.</summary>
    public static DicomTag SeriesDescription { get; } = Add(0x0008, 0x103E, "LO", "SeriesDescription");

    /// <summary>The patient's name.</summary>
    public static DicomTag PatientName { get; } = Add(0x0010, 0x0010, "PN", "PatientName");

    /// <summary>The patient's number.</summary>
    public static DicomTag PatientId { get; } = Add(0x0010, 0x0020, "LO", "PatientID");

    /// <summary>The patient's day of birth.</summary>
    public static DicomTag PatientBirthDate { get; } = Add(0x0010, 0x0030, "DA", "PatientBirthDate");

    /// <summary>The patient's sex.</summary>
    public static DicomTag PatientSex { get; } = Add(0x0010, 0x0040, "CS", "PatientSex");

    /// <summary>Clinical Trial Protocol ID: the trial, or the collection that an archive published the object in.</summary>
    public static DicomTag ClinicalTrialProtocolId { get; } = Add(0x0012, 0x0020, "LO", "ClinicalTrialProtocolID");

    /// <summary>Whether what tells who the patient is was taken out.</summary>
    public static DicomTag PatientIdentityRemoved { get; } = Add(0x0012, 0x0062, "CS", "PatientIdentityRemoved");

    /// <summary>How it was taken out, in words.</summary>
    public static DicomTag DeidentificationMethod { get; } = Add(0x0012, 0x0063, "LO", "DeidentificationMethod");

    /// <summary>How it was taken out, in codes.</summary>
    public static DicomTag DeidentificationMethodCodeSequence { get; } = Add(0x0012, 0x0064, "SQ", "DeidentificationMethodCodeSequence");

    /// <summary>A contrast agent, where one was given.</summary>
    public static DicomTag ContrastBolusAgent { get; } = Add(0x0018, 0x0010, "LO", "ContrastBolusAgent");

    /// <summary>The part of the body.</summary>
    public static DicomTag BodyPartExamined { get; } = Add(0x0018, 0x0015, "CS", "BodyPartExamined");

    /// <summary>Kinds of MR sequence, such as <c>SE</c> and <c>IR</c>.</summary>
    public static DicomTag ScanningSequence { get; } = Add(0x0018, 0x0020, "CS", "ScanningSequence");

    /// <summary>Millimetres of tissue in a slice.</summary>
    public static DicomTag SliceThickness { get; } = Add(0x0018, 0x0050, "DS", "SliceThickness");

    /// <summary>MR: milliseconds between excitations.</summary>
    public static DicomTag RepetitionTime { get; } = Add(0x0018, 0x0080, "DS", "RepetitionTime");

    /// <summary>MR: milliseconds to the echo.</summary>
    public static DicomTag EchoTime { get; } = Add(0x0018, 0x0081, "DS", "EchoTime");

    /// <summary>MR: milliseconds from the inversion.</summary>
    public static DicomTag InversionTime { get; } = Add(0x0018, 0x0082, "DS", "InversionTime");

    /// <summary>Millimetres from slice to slice, of an object of several frames.</summary>
    public static DicomTag SpacingBetweenSlices { get; } = Add(0x0018, 0x0088, "DS", "SpacingBetweenSlices");

    /// <summary>What the technician called the protocol.</summary>
    public static DicomTag ProtocolName { get; } = Add(0x0018, 0x1030, "LO", "ProtocolName");

    /// <summary>Names the study.</summary>
    public static DicomTag StudyInstanceUid { get; } = Add(0x0020, 0x000D, "UI", "StudyInstanceUID");

    /// <summary>Names the series.</summary>
    public static DicomTag SeriesInstanceUid { get; } = Add(0x0020, 0x000E, "UI", "SeriesInstanceUID");

    /// <summary>The hospital's number of the study.</summary>
    public static DicomTag StudyId { get; } = Add(0x0020, 0x0010, "SH", "StudyID");

    /// <summary>The number of the series in the study.</summary>
    public static DicomTag SeriesNumber { get; } = Add(0x0020, 0x0011, "IS", "SeriesNumber");

    /// <summary>The number of the object in the series.</summary>
    public static DicomTag InstanceNumber { get; } = Add(0x0020, 0x0013, "IS", "InstanceNumber");

    /// <summary>Millimetres: where the centre of the first pixel lies in the patient.</summary>
    public static DicomTag ImagePositionPatient { get; } = Add(0x0020, 0x0032, "DS", "ImagePositionPatient");

    /// <summary>The directions of rows and columns in the patient.</summary>
    public static DicomTag ImageOrientationPatient { get; } = Add(0x0020, 0x0037, "DS", "ImageOrientationPatient");

    /// <summary>Names the coordinates that positions are in.</summary>
    public static DicomTag FrameOfReferenceUid { get; } = Add(0x0020, 0x0052, "UI", "FrameOfReferenceUID");

    /// <summary>The position of a frame of an enhanced object.</summary>
    public static DicomTag PlanePositionSequence { get; } = Add(0x0020, 0x9113, "SQ", "PlanePositionSequence");

    /// <summary>The directions of a frame of an enhanced object.</summary>
    public static DicomTag PlaneOrientationSequence { get; } = Add(0x0020, 0x9116, "SQ", "PlaneOrientationSequence");

    /// <summary>Samples of a pixel: 1, or 3 of colour.</summary>
    public static DicomTag SamplesPerPixel { get; } = Add(0x0028, 0x0002, "US", "SamplesPerPixel");

    /// <summary>What samples mean: grey, its inverse, colours, a palette.</summary>
    public static DicomTag PhotometricInterpretation { get; } = Add(0x0028, 0x0004, "CS", "PhotometricInterpretation");

    /// <summary>0 where a pixel's samples follow each other, 1 where each colour is a plane.</summary>
    public static DicomTag PlanarConfiguration { get; } = Add(0x0028, 0x0006, "US", "PlanarConfiguration");

    /// <summary>Images in the object.</summary>
    public static DicomTag NumberOfFrames { get; } = Add(0x0028, 0x0008, "IS", "NumberOfFrames");

    /// <summary>Pixels down.</summary>
    public static DicomTag Rows { get; } = Add(0x0028, 0x0010, "US", "Rows");

    /// <summary>Pixels across.</summary>
    public static DicomTag Columns { get; } = Add(0x0028, 0x0011, "US", "Columns");

    /// <summary>Millimetres between rows, then between columns.</summary>
    public static DicomTag PixelSpacing { get; } = Add(0x0028, 0x0030, "DS", "PixelSpacing");

    /// <summary>Height and width of a pixel in ratio, where millimetres are not known.</summary>
    public static DicomTag PixelAspectRatio { get; } = Add(0x0028, 0x0034, "IS", "PixelAspectRatio");

    /// <summary>Bits that a sample takes.</summary>
    public static DicomTag BitsAllocated { get; } = Add(0x0028, 0x0100, "US", "BitsAllocated");

    /// <summary>Bits of them that count.</summary>
    public static DicomTag BitsStored { get; } = Add(0x0028, 0x0101, "US", "BitsStored");

    /// <summary>The place of the highest that counts.</summary>
    public static DicomTag HighBit { get; } = Add(0x0028, 0x0102, "US", "HighBit");

    /// <summary>1 where samples have a sign.</summary>
    public static DicomTag PixelRepresentation { get; } = Add(0x0028, 0x0103, "US", "PixelRepresentation");

    /// <summary>The value that stands for no measurement.</summary>
    public static DicomTag PixelPaddingValue { get; } = Add(0x0028, 0x0120, "US", "PixelPaddingValue");

    /// <summary>Whether writing in the pixels may tell who the patient is.</summary>
    public static DicomTag BurnedInAnnotation { get; } = Add(0x0028, 0x0301, "CS", "BurnedInAnnotation");

    /// <summary>Whether dates were moved or taken out.</summary>
    public static DicomTag LongitudinalTemporalInformationModified { get; } = Add(0x0028, 0x0303, "CS", "LongitudinalTemporalInformationModified");

    /// <summary>Values that are to be middle grey.</summary>
    public static DicomTag WindowCenter { get; } = Add(0x0028, 0x1050, "DS", "WindowCenter");

    /// <summary>The range of values from black to white.</summary>
    public static DicomTag WindowWidth { get; } = Add(0x0028, 0x1051, "DS", "WindowWidth");

    /// <summary>What is added to a value times the slope.</summary>
    public static DicomTag RescaleIntercept { get; } = Add(0x0028, 0x1052, "DS", "RescaleIntercept");

    /// <summary>What a value is multiplied by.</summary>
    public static DicomTag RescaleSlope { get; } = Add(0x0028, 0x1053, "DS", "RescaleSlope");

    /// <summary>The unit of rescaled values, such as <c>HU</c>.</summary>
    public static DicomTag RescaleType { get; } = Add(0x0028, 0x1054, "LO", "RescaleType");

    /// <summary>How a window turns values into greys.</summary>
    public static DicomTag VoiLutFunction { get; } = Add(0x0028, 0x1056, "CS", "VOILUTFunction");

    /// <summary>Length, first value and bits of the palette's red.</summary>
    public static DicomTag RedPaletteDescriptor { get; } = Add(0x0028, 0x1101, "US", "RedPaletteColorLookupTableDescriptor");

    /// <summary>The same of green.</summary>
    public static DicomTag GreenPaletteDescriptor { get; } = Add(0x0028, 0x1102, "US", "GreenPaletteColorLookupTableDescriptor");

    /// <summary>The same of blue.</summary>
    public static DicomTag BluePaletteDescriptor { get; } = Add(0x0028, 0x1103, "US", "BluePaletteColorLookupTableDescriptor");

    /// <summary>The palette's red.</summary>
    public static DicomTag RedPaletteData { get; } = Add(0x0028, 0x1201, "OW", "RedPaletteColorLookupTableData");

    /// <summary>The palette's green.</summary>
    public static DicomTag GreenPaletteData { get; } = Add(0x0028, 0x1202, "OW", "GreenPaletteColorLookupTableData");

    /// <summary>The palette's blue.</summary>
    public static DicomTag BluePaletteData { get; } = Add(0x0028, 0x1203, "OW", "BluePaletteColorLookupTableData");

    /// <summary>A table from stored values to those of the modality.</summary>
    public static DicomTag ModalityLutSequence { get; } = Add(0x0028, 0x3000, "SQ", "ModalityLUTSequence");

    /// <summary>Length, first value and bits of a table.</summary>
    public static DicomTag LutDescriptor { get; } = Add(0x0028, 0x3002, "US", "LUTDescriptor");

    /// <summary>The values of a table.</summary>
    public static DicomTag LutData { get; } = Add(0x0028, 0x3006, "OW", "LUTData");

    /// <summary>A table from the modality's values to greys.</summary>
    public static DicomTag VoiLutSequence { get; } = Add(0x0028, 0x3010, "SQ", "VOILUTSequence");

    /// <summary>Spacing of a frame of an enhanced object.</summary>
    public static DicomTag PixelMeasuresSequence { get; } = Add(0x0028, 0x9110, "SQ", "PixelMeasuresSequence");

    /// <summary>Window of a frame of an enhanced object.</summary>
    public static DicomTag FrameVoiLutSequence { get; } = Add(0x0028, 0x9132, "SQ", "FrameVOILUTSequence");

    /// <summary>Rescaling of a frame of an enhanced object.</summary>
    public static DicomTag PixelValueTransformationSequence { get; } = Add(0x0028, 0x9145, "SQ", "PixelValueTransformationSequence");

    /// <summary>Files of a DICOMDIR.</summary>
    public static DicomTag DirectoryRecordSequence { get; } = Add(0x0004, 0x1220, "SQ", "DirectoryRecordSequence");

    /// <summary>Folders and name of a file of a DICOMDIR.</summary>
    public static DicomTag ReferencedFileId { get; } = Add(0x0004, 0x1500, "CS", "ReferencedFileID");

    /// <summary>What all frames of an enhanced object have in common.</summary>
    public static DicomTag SharedFunctionalGroupsSequence { get; } = Add(0x5200, 0x9229, "SQ", "SharedFunctionalGroupsSequence");

    /// <summary>What each frame of an enhanced object has for itself.</summary>
    public static DicomTag PerFrameFunctionalGroupsSequence { get; } = Add(0x5200, 0x9230, "SQ", "PerFrameFunctionalGroupsSequence");

    /// <summary>Pixels as floating-point numbers.</summary>
    public static DicomTag FloatPixelData { get; } = Add(0x7FE0, 0x0008, "OF", "FloatPixelData");

    /// <summary>Pixels as floating-point numbers of 64 bits.</summary>
    public static DicomTag DoubleFloatPixelData { get; } = Add(0x7FE0, 0x0009, "OD", "DoubleFloatPixelData");

    /// <summary>The pixels.</summary>
    public static DicomTag PixelData { get; } = Add(0x7FE0, 0x0010, "OW", "PixelData");

    /// <summary>What is known of an attribute; null where Gyrus does not interpret it.</summary>
    /// <param name="tag">Its number.</param>
    public static KnownTag? Find(DicomTag tag) => Known.GetValueOrDefault(tag) ?? ReportTags.Find(tag);

    /// <summary>The keyword of an attribute, and its number where it has none here.</summary>
    /// <param name="tag">Its number.</param>
    public static string Name(DicomTag tag) => Find(tag)?.Keyword ?? tag.ToString();

    private static DicomTag Add(ushort group, ushort element, string representation, string keyword)
    {
        var tag = new DicomTag(group, element);
        Known.Add(tag, new KnownTag(tag, representation, keyword));
        return tag;
    }
}
