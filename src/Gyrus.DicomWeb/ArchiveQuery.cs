using Gyrus.Dicom.Writing;

namespace Gyrus.DicomWeb;

/// <summary>Which studies of an archive are meant: PS3.18 section 8.3.4.</summary>
public static class ArchiveQuery
{
    /// <summary>A query string of what a person wrote.</summary>
    /// <param name="text">Attributes and values, with commas between: <c>ModalitiesInStudy=MR,StudyDate=20260101-20260131</c>.</param>
    /// <exception cref="GyrusException">A part of it is none.</exception>
    public static string Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return string.Join('&', text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(part =>
        {
            int at = part.IndexOf('=', StringComparison.Ordinal);
            if (at < 1 || !part[..at].All(char.IsAsciiLetterOrDigit))
                throw new GyrusException($"'{part}' is no part of a query. Give attributes and their values, as ModalitiesInStudy=MR,StudyDate=20260101-20260131.");
            return $"{part[..at]}={Uri.EscapeDataString(part[(at + 1)..])}";
        }));
    }

    /// <summary>Checks that a text is a UID, which goes into addresses and names of folders.</summary>
    /// <param name="uid">The text.</param>
    /// <exception cref="GyrusException">It is none.</exception>
    public static string Uid(string uid)
    {
        ArgumentNullException.ThrowIfNull(uid);
        return DicomUids.IsUid(uid) ? uid
            : throw new GyrusException($"'{uid}' is no UID: numbers with dots between, at most 64 characters.");
    }
}
