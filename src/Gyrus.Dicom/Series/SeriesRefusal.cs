using System.Text.RegularExpressions;

namespace Gyrus.Dicom.Series;

/// <summary>Which series are no images of a head that a network for heads could be asked about.</summary>
public static partial class SeriesRefusal
{
    private const string SecondaryCapture = "1.2.840.10008.5.1.4.1.1.7";

    private static readonly string[] Maps =
        ["PROJECTION IMAGE", "MIP", "MINIP", "MPR_THICK", "PERFUSION", "RCBF", "RCBV", "MTT", "TTP", "ADC", "FA", "TRACEW", "SUBTRACT", "DOSEINFO", "SCREEN SAVE", "PHASE MAP"];

    private static readonly string[] Heads = ["HEAD", "BRAIN", "SKULL", "HEADNECK", "ORBIT", "PITUITARY", "SELLA", "IAC", "POSTFOSSA"];

    /// <summary>Why a series is left out, as the end of a sentence; null where it is not.</summary>
    /// <param name="series">The series.</param>
    public static string? Of(DicomSeries series)
    {
        ArgumentNullException.ThrowIfNull(series);
        var first = series.First;
        bool Is(string type) => first.ImageType.Contains(type, StringComparer.OrdinalIgnoreCase);
        if (first.Modality is not ("CT" or "MR")) return first.Modality.Length == 0 ? "it does not say that it is of CT or MR" : $"it is of the modality {first.Modality}, not CT or MR";
        if (first.ClassUid.StartsWith(SecondaryCapture, StringComparison.Ordinal)) return "it is a secondary capture: a picture of a screen";
        if (first.Size == default) return "it has no pixels";
        if (Is("LOCALIZER") || Localizer().IsMatch(first.Description)) return "it is a localizer, by which others were planned";
        if (Is("MOSAIC")) return "each of its images is a mosaic of many slices";
        if (first.Modality == "MR" && (first.ImageType is [_, _, "P" or "R" or "I", ..] || Is("PHASE"))) return "it shows the phase of the signal and no anatomy";
        if (first.ImageType is ["DERIVED", ..] && Maps.FirstOrDefault(Is) is { } map) return $"it was computed of others ({map})";
        if (first.BodyPart.Length > 0 && !Heads.Any(part => first.BodyPart.Contains(part, StringComparison.OrdinalIgnoreCase))) return $"it is of another part of the body ({first.BodyPart})";
        return OtherPart().Match(first.Description) is { Success: true } part ? $"it is of another part of the body ({part.Value})" : null;
    }

    [GeneratedRegex(@"\bloc(ali[sz]er)?\b|^loc_|scout|survey|surview|3.?plane|topogram|\baahead", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Localizer();

    [GeneratedRegex(@"\b(chest|thorax|abdomen|abdo|pelvis|knee|shoulder|hip|ankle|wrist|cardiac|liver|[ctl].?spine|spine)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex OtherPart();
}
