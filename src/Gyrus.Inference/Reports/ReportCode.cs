using Gyrus.Dicom.Parsing;
using Gyrus.Dicom.Writing;

namespace Gyrus.Inference.Reports;

/// <summary>A word of a report as a code: PS3.3 section 8.</summary>
/// <param name="Value">The code.</param>
/// <param name="Scheme">Who gave it: <c>DCM</c> (PS3.16 annex D), <c>SCT</c> (SNOMED CT), <c>LN</c> (LOINC), <c>UCUM</c>, <c>UMLS</c>, or <see cref="Own"/>.</param>
/// <param name="Meaning">In words.</param>
internal sealed record ReportCode(string Value, string Scheme, string Meaning)
{
    /// <summary>Gyrus's own scheme; those of one's own begin with 99 (PS3.16 section 8).</summary>
    public const string Own = "99GYRUS";

    public static ReportCode MeasurementReport { get; } = new("126000", "DCM", "Imaging Measurement Report");

    public static ReportCode Language { get; } = new("121049", "DCM", "Language of Content Item and Descendants");

    public static ReportCode English { get; } = new("eng", "RFC5646", "English");

    public static ReportCode ObserverType { get; } = new("121005", "DCM", "Observer Type");

    public static ReportCode Device { get; } = new("121007", "DCM", "Device");

    public static ReportCode DeviceUid { get; } = new("121012", "DCM", "Device Observer UID");

    public static ReportCode DeviceName { get; } = new("121013", "DCM", "Device Observer Name");

    public static ReportCode DeviceManufacturer { get; } = new("121014", "DCM", "Device Observer Manufacturer");

    public static ReportCode DeviceModel { get; } = new("121015", "DCM", "Device Observer Model Name");

    public static ReportCode DeviceVersion { get; } = new("121016", "DCM", "Device Observer Serial Number");

    public static ReportCode ProcedureReported { get; } = new("121058", "DCM", "Procedure reported");

    public static ReportCode CtHead { get; } = new("24725-4", "LN", "CT Head");

    public static ReportCode MrBrain { get; } = new("24590-2", "LN", "MR Brain");

    public static ReportCode ImageLibrary { get; } = new("111028", "DCM", "Image Library");

    public static ReportCode ImageLibraryGroup { get; } = new("126200", "DCM", "Image Library Group");

    public static ReportCode Measurements { get; } = new("126010", "DCM", "Imaging Measurements");

    public static ReportCode MeasurementGroup { get; } = new("125007", "DCM", "Measurement Group");

    public static ReportCode TrackingIdentifier { get; } = new("112039", "DCM", "Tracking Identifier");

    public static ReportCode TrackingUid { get; } = new("112040", "DCM", "Tracking Unique Identifier");

    public static ReportCode Finding { get; } = new("121071", "DCM", "Finding");

    public static ReportCode Neoplasm { get; } = new("108369006", "SCT", "Neoplasm");

    public static ReportCode FindingSite { get; } = new("363698007", "SCT", "Finding Site");

    public static ReportCode Brain { get; } = new("12738006", "SCT", "Brain");

    public static ReportCode SourceOfMeasurement { get; } = new("121112", "DCM", "Source of Measurement");

    public static ReportCode Qualitative { get; } = new("C0034375", "UMLS", "Qualitative Evaluations");

    public static ReportCode Comment { get; } = new("121106", "DCM", "Comment");

    public static ReportCode Probability { get; } = new("P_TUMOUR", Own, "Probability of a tumour, one study in two having one");

    public static ReportCode Verdict { get; } = new("VERDICT", Own, "What the model sees");

    public static ReportCode SeesTumour { get; } = new("TUMOUR", Own, "A tumour");

    public static ReportCode SeesNone { get; } = new("NO_TUMOUR", Own, "No tumour");

    public static ReportCode GivesNoAnswer { get; } = new("NO_ANSWER", Own, "The model gives no answer");

    public static ReportCode NoUnits { get; } = new("1", "UCUM", "no units");

    /// <summary>The code as an item of a sequence.</summary>
    public DicomDataset Item() => new DatasetBuilder()
        .Text(ReportTags.CodeValue, Value).Text(ReportTags.CodingSchemeDesignator, Scheme).Text(ReportTags.CodeMeaning, Meaning).Build();
}
