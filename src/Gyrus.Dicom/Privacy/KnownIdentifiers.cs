using System.Text;
using System.Text.RegularExpressions;
using Gyrus.Dicom.Parsing;

namespace Gyrus.Dicom.Privacy;

/// <summary>The names, numbers and dates that an object has of people and places, to be looked for in its descriptions. What is named nowhere else in the object is not found.</summary>
internal sealed partial class KnownIdentifiers
{
    private const int ShortestName = 2, ShortestInside = 5;

    // Identifiers that are no names of people: OtherPatientIDs, InstitutionName, the department's name, StationName, AdmissionID.
    private static readonly DicomTag[] Others =
    [
        DicomTags.PatientId, DicomTags.AccessionNumber, DicomTags.StudyId, new(0x0010, 0x1000), new(0x0008, 0x0080), new(0x0008, 0x1040), new(0x0008, 0x1010), new(0x0038, 0x0010),
    ];

    private readonly HashSet<string> _words;

    private KnownIdentifiers(HashSet<string> words) => _words = words;

    /// <summary>Gathers them.</summary>
    /// <param name="data">The object.</param>
    public static KnownIdentifiers Of(DicomDataset data)
    {
        HashSet<string> words = new(StringComparer.OrdinalIgnoreCase);
        Gather(data, words);
        return new(words);
    }

    /// <summary>Whether an attribute is text, or may hold some in a sequence.</summary>
    /// <param name="element">The attribute.</param>
    public static bool IsText(DicomElement element) => element.Representation is "LO" or "LT" or "SH" or "ST" or "UC" or "UT" or "SQ";

    /// <summary>Whether a description names one, or holds what may be a date or a number of a person. Codes are short texts, and their digits are none's.</summary>
    /// <param name="element">The description.</param>
    public bool AreIn(DicomElement element)
    {
        if (element.Items.Any(item => item.Elements.Any(AreIn))) return true;
        if (!IsText(element)) return false;
        var text = Encoding.Latin1.GetString(element.Value.Span);
        return (element.Representation != "SH" && Numbers().IsMatch(text)) || _words.Any(word => Occurs(text, word));
    }

    private static void Gather(DicomDataset data, HashSet<string> words)
    {
        foreach (var element in data.Elements)
        {
            foreach (var item in element.Items) Gather(item, words);
            if (element.Representation != "PN" && !Others.Contains(element.Tag)) continue;
            var text = Encoding.Latin1.GetString(element.Value.Span);
            // Names are in parts, other identifiers whole too.
            if (element.Representation != "PN") words.UnionWith(text.Split('\\').Select(part => part.Trim(' ', '\0')).Where(part => part.Length >= ShortestName));
            words.UnionWith(Separators().Split(text).Where(part => part.Length >= ShortestName));
        }
    }

    /// <summary>Short words count where they stand alone: three letters are in many others.</summary>
    private static bool Occurs(string text, string word)
    {
        for (int at = text.IndexOf(word, StringComparison.OrdinalIgnoreCase); at >= 0; at = text.IndexOf(word, at + 1, StringComparison.OrdinalIgnoreCase))
        {
            int end = at + word.Length;
            bool alone = (at == 0 || !char.IsLetterOrDigit(text[at - 1])) && (end == text.Length || !char.IsLetterOrDigit(text[end]));
            if (alone || word.Length >= ShortestInside) return true;
        }
        return false;
    }

    [GeneratedRegex(@"[\^=\\ ,;.\0]+")]
    private static partial Regex Separators();

    [GeneratedRegex(@"\d{5,}|\d{1,4}[-./]\d{1,2}[-./]\d{1,4}")]
    private static partial Regex Numbers();
}
