using System.Text;

namespace Gyrus.Dicom.Privacy;

/// <summary>Values that say nothing, of each way of writing values: PS3.5 section 6.2.</summary>
internal static class DummyValues
{
    private const string Text = "REMOVED";

    /// <summary>The bytes of such a value, the same in either byte order.</summary>
    /// <param name="representation">How it is to be read.</param>
    public static byte[] Of(string representation) => representation switch
    {
        "AE" or "CS" or "LO" or "LT" or "PN" or "SH" or "ST" or "UC" or "UT" => Encoding.ASCII.GetBytes(Text),
        "AS" => "000D"u8.ToArray(),
        "DA" => "19000101"u8.ToArray(),
        "DT" => "19000101000000"u8.ToArray(),
        "TM" => "000000"u8.ToArray(),
        "DS" or "IS" => "0"u8.ToArray(),
        "UR" => "about:blank"u8.ToArray(),
        "AT" or "FL" or "OF" or "OL" or "SL" or "UL" => new byte[4],
        "FD" or "OD" or "OV" or "SV" or "UV" => new byte[8],
        _ => new byte[2],
    };
}
