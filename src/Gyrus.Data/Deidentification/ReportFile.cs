using System.Text.Encodings.Web;
using System.Text.Json;
using Gyrus.Dicom.Privacy;

namespace Gyrus.Data.Deidentification;

/// <summary>A report as JSON, which goes with the copies: it names neither the files that they were made of nor anything of a patient.</summary>
public static class ReportFile
{
    /// <summary>Its name in the folder of the copies.</summary>
    public const string Name = "report.json";

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The report's text.</summary>
    /// <param name="report">The report.</param>
    /// <param name="request">What was asked for.</param>
    public static string Text(DeidentificationReport report, DeidentificationRequest request)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(request);
        var tally = report.Tally;
        return JsonSerializer.Serialize(
            new
            {
                profile = $"DICOM PS3.15 {ConfidentialityProfile.Edition}, table E.1-1",
                methods = request.Options.Codes.Select(code => new { code = code.Value, meaning = code.Meaning }),
                blankedOutsideHead = request.BlankOutsideHead,
                riskyKept = request.KeepRisky,
                written = report.Files.Count,
                patients = report.Patients,
                studies = report.Studies,
                series = report.Series,
                otherFiles = report.OtherFiles,
                leftOut = report.LeftOut.GroupBy(file => file.Reason).OrderBy(group => group.Key, StringComparer.Ordinal)
                    .Select(group => new { reason = group.Key, files = group.Count() }),
                attributes = tally.Attributes.Select(attribute => new
                {
                    tag = attribute.Tag,
                    keyword = attribute.Keyword,
                    removed = tally.Count(attribute, AttributeChange.Removed),
                    emptied = tally.Count(attribute, AttributeChange.Emptied),
                    replaced = tally.Count(attribute, AttributeChange.Replaced),
                    kept = tally.Count(attribute, AttributeChange.Kept),
                }),
                files = report.Files.Select(file => new
                {
                    path = file.Path,
                    removed = file.Changes[(int)AttributeChange.Removed],
                    emptied = file.Changes[(int)AttributeChange.Emptied],
                    replaced = file.Changes[(int)AttributeChange.Replaced],
                    kept = file.Changes[(int)AttributeChange.Kept],
                    frames = file.Blanking?.Frames,
                    framesWithoutHead = file.Blanking?.WithoutHead,
                    framesWithWritingLeft = file.Blanking?.WritingLeft,
                }),
            },
            Indented) + "\n";
    }
}
