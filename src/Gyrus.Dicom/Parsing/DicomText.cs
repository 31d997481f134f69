using System.Text;

namespace Gyrus.Dicom.Parsing;

/// <summary>The alphabets of DICOM's texts: PS3.3 section C.12.1.1.2.</summary>
internal static class DicomText
{
    private static readonly Dictionary<string, string> Encodings = new(StringComparer.Ordinal)
    {
        ["ISO_IR 100"] = "iso-8859-1",
        ["ISO_IR 101"] = "iso-8859-2",
        ["ISO_IR 109"] = "iso-8859-3",
        ["ISO_IR 110"] = "iso-8859-4",
        ["ISO_IR 144"] = "iso-8859-5",
        ["ISO_IR 127"] = "iso-8859-6",
        ["ISO_IR 126"] = "iso-8859-7",
        ["ISO_IR 138"] = "iso-8859-8",
        ["ISO_IR 148"] = "iso-8859-9",
        ["ISO_IR 203"] = "iso-8859-15",
        ["ISO_IR 13"] = "shift_jis",
        ["ISO_IR 166"] = "windows-874",
        ["ISO_IR 192"] = "utf-8",
        ["GB18030"] = "gb18030",
        ["GBK"] = "gb18030",
        ["ISO 2022 IR 87"] = "iso-2022-jp",
        ["ISO 2022 IR 159"] = "iso-2022-jp",
        ["ISO 2022 IR 149"] = "euc-kr",
        ["ISO 2022 IR 58"] = "gb2312",
    };

    /// <summary>The encoding of a data set's texts.</summary>
    /// <param name="names">The value of SpecificCharacterSet; none for ASCII.</param>
    public static Encoding Of(IReadOnlyList<string> names)
    {
        // Of several, the last is the one that texts change to; what is before a change is ASCII in all of them.
        var name = names.LastOrDefault(name => name.Length > 0) ?? "";
        if (!Encodings.TryGetValue(name, out var encoding) && !Encodings.TryGetValue(name.Replace("ISO 2022 IR", "ISO_IR", StringComparison.Ordinal), out encoding))
            return Encoding.Latin1;
        return encoding == "utf-8" ? Encoding.UTF8 : CodePagesEncodingProvider.Instance.GetEncoding(encoding) ?? Encoding.Latin1;
    }
}
