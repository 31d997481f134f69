using System.Text.RegularExpressions;
using Gyrus.Dicom.Parsing;

namespace Gyrus.Dicom.Series;

/// <summary>Which MR sequence an image is of, by its attributes.</summary>
internal static partial class MrSequence
{
    // Milliseconds: the usual borders between weightings of spin echoes, and an inversion that nulls water (McRobbie et al. 2017, "MRI from Picture to
    // Proton", chapters 3 and 12).
    private const double LongRepetition = 2000, ShortRepetition = 1000, LongEcho = 60, ShortEcho = 30, WaterInversion = 1500;

    /// <summary>The sequence; empty where the attributes do not tell it. Words of the description come first, since they are people's.</summary>
    /// <param name="data">The object.</param>
    public static string Of(DicomDataset data)
    {
        if (data.Text(DicomTags.Modality) != "MR") return "";
        var words = data.Text(DicomTags.SeriesDescription) + " " + data.Text(DicomTags.ProtocolName);
        var weighting = Flair().IsMatch(words) ? "flair" : T1().IsMatch(words) ? "t1" : T2().IsMatch(words) ? "t2" : ProtonDensity().IsMatch(words) ? "pd" : ByTimes(data);
        bool contrast = Contrast().IsMatch(words) || data.Text(DicomTags.ContrastBolusAgent) is { Length: > 0 } agent && !agent.Equals("NONE", StringComparison.OrdinalIgnoreCase);
        return weighting == "t1" && contrast ? "t1c" : weighting;
    }

    private static string ByTimes(DicomDataset data)
    {
        if (data.Number(DicomTags.RepetitionTime) is not { } repetition || data.Number(DicomTags.EchoTime) is not { } echo) return "";
        if (data.Number(DicomTags.InversionTime) is >= WaterInversion && echo >= LongEcho) return "flair";
        if (data.Texts(DicomTags.ScanningSequence).Contains("IR") && echo < ShortEcho) return "t1";
        return repetition >= LongRepetition ? echo >= LongEcho ? "t2" : echo < ShortEcho ? "pd" : ""
            : repetition <= ShortRepetition && echo < ShortEcho && data.Texts(DicomTags.ScanningSequence).Contains("SE") ? "t1" : "";
    }

    [GeneratedRegex(@"flair|dark.?fluid|tirm", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Flair();

    [GeneratedRegex(@"t1|mp.?rage|spgr|bravo", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex T1();

    [GeneratedRegex(@"t2(?!\*)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex T2();

    [GeneratedRegex(@"\bpd\b|proton", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex ProtonDensity();

    [GeneratedRegex(@"\+ ?c\b|\bgd\b|gad|post|contrast|\bce\b|\bkm\b|t1c", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Contrast();
}
