using System.Collections.Frozen;

namespace Gyrus.Data.Metadata;

/// <summary>What a field of metadata may tell, by its name as EXIF 2.32, IPTC IIM 4, XMP or PNG 1.2 have it.</summary>
internal static class MetadataKind
{
    private const string Name = "name", Date = "date", Device = "device", Place = "place", Text = "text";

    /// <summary>Names of fields, their letters alone and in lower case.</summary>
    private static readonly FrozenDictionary<string, string> Kinds = new Dictionary<string, string[]>
    {
        [Name] =
        [
            "artist", "author", "windowsxpauthor", "creator", "owner", "ownername", "cameraownername", "byline", "credit",
            "copyright", "copyrightnotice", "rights", "captionwriter", "captionwritereditor", "writereditor", "contact",
            "personinimage", "photographer",
        ],
        [Date] = ["creationtime", "lastmodificationtime", "timecreated", "releasetime", "when"],
        [Device] =
        [
            "make", "model", "lensmodel", "lens", "hostcomputer", "uniqueimageid", "imageuniqueid", "stationname",
        ],
        [Place] =
        [
            "city", "sublocation", "location", "state", "provincestate", "country", "countryprimarylocationname",
            "contentlocationname",
        ],
        [Text] =
        [
            "comment", "usercomment", "description", "imagedescription", "title", "subject", "caption", "captionabstract",
            "headline", "instructions", "specialinstructions", "documentname", "pagename", "objectname", "keywords",
            "source", "label", "windowsxptitle", "windowsxpcomment", "windowsxpsubject", "windowsxpkeywords",
        ],
    }.SelectMany(kind => kind.Value.Select(name => (name, kind.Key))).ToFrozenDictionary(k => k.name, k => k.Key);

    /// <summary>Parts of names that tell whatever stands around them, as tools that read DICOM write them.</summary>
    private static readonly (string Part, string Kind)[] Telling =
    [
        ("patient", Name), ("physician", Name), ("hospital", Name), ("institution", Name), ("birth", Date),
        ("serial", Device),
    ];

    /// <summary>How programs' marks in JPEG comments begin.</summary>
    private static readonly string[] Marks =
        ["CREATOR: gd-jpeg", "LEAD Technologies", "Lavc", "Created with GIMP", "File written by Adobe Photoshop"];

    /// <summary>The kind of a field, or null where it tells nothing of people, places or devices.</summary>
    /// <param name="field">The field's name, without what holds it.</param>
    public static string? Of(string field)
    {
        var letters = Letters(field);
        if (Kinds.TryGetValue(letters, out var kind)) return kind;
        if (letters.StartsWith("gps", StringComparison.Ordinal)) return letters == "gpsversionid" ? null : Place;
        if (letters.StartsWith("date", StringComparison.Ordinal) || letters.EndsWith("date", StringComparison.Ordinal)
            || letters.EndsWith("datecreated", StringComparison.Ordinal))
        {
            return Date;
        }
        return Telling.FirstOrDefault(telling => letters.Contains(telling.Part, StringComparison.Ordinal)).Kind;
    }

    /// <summary>Whether a PNG text is about the picture, or names the program that wrote it.</summary>
    public static bool IsTechnical(string key) =>
        key.StartsWith("png:", StringComparison.OrdinalIgnoreCase)
        || key.StartsWith("jpeg:", StringComparison.OrdinalIgnoreCase)
        || Letters(key) is "software" or "signature" or "xmlcomadobexmp";

    /// <summary>Whether a JPEG comment is the mark of a program.</summary>
    public static bool IsProgramsMark(string comment) =>
        Array.Exists(Marks, mark => comment.StartsWith(mark, StringComparison.OrdinalIgnoreCase));

    private static string Letters(string name) => string.Concat(name.Where(char.IsLetter)).ToLowerInvariant();
}
