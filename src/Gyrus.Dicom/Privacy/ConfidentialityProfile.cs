using Gyrus.Dicom.Parsing;

namespace Gyrus.Dicom.Privacy;

/// <summary>The Basic Application Level Confidentiality Profile and four of its options: PS3.15 table E.1-1, as it stands in <c>confidentiality.csv</c>.</summary>
public static class ConfidentialityProfile
{
    /// <summary>The edition of the standard that the table is of.</summary>
    public const string Edition = "2026d";

    private const uint PrivateBit = 0x0001_0000;

    /// <summary>The table's lines: attributes by their number, then repeating groups and private attributes.</summary>
    public static IReadOnlyList<ProfileRow> Rows { get; } = Read();

    private static readonly Dictionary<uint, ProfileRow> ByNumber = Rows.Where(row => row.Mask == uint.MaxValue).ToDictionary(row => row.Number);
    private static readonly ProfileRow[] Repeating = [.. Rows.Where(row => row.Mask != uint.MaxValue)];

    /// <summary>The line of an attribute; null where the table has none, and the attribute is kept.</summary>
    /// <param name="tag">Its number.</param>
    public static ProfileRow? Find(DicomTag tag) => ByNumber.GetValueOrDefault(tag.Number) ?? Array.Find(Repeating, row => row.Matches(tag));

    private static List<ProfileRow> Read()
    {
        List<ProfileRow> rows = [];
        using var lines = new StreamReader(typeof(ConfidentialityProfile).Assembly.GetManifestResourceStream("confidentiality.csv")!);
        lines.ReadLine();
        while (lines.ReadLine() is { } line)
        {
            var cells = line.Split(',');
            var (number, mask) = Number(cells[0], cells[1]);
            rows.Add(new($"({cells[0]},{cells[1]})", cells[2], Basic(cells[3]), Option(cells[4]), Option(cells[5]), Option(cells[6]), Option(cells[7])) { Number = number, Mask = mask });
        }
        return rows;
    }

    private static (uint Number, uint Mask) Number(string group, string element)
    {
        if (group == "odd") return (PrivateBit, PrivateBit);
        var digits = group + element;
        uint number = Convert.ToUInt32(digits.Replace('x', '0'), 16);
        uint mask = Convert.ToUInt32(string.Concat(digits.Select(digit => digit == 'x' ? '0' : 'F')), 16);
        return (number, mask);
    }

    private static ProfileAction Basic(string code) => code switch
    {
        "D" => ProfileAction.Dummy,
        "Z" => ProfileAction.Empty,
        "X" => ProfileAction.Remove,
        "U" => ProfileAction.Uid,
        "Z/D" => ProfileAction.EmptyOrDummy,
        "X/Z" => ProfileAction.RemoveOrEmpty,
        "X/D" => ProfileAction.RemoveOrDummy,
        "X/Z/D" => ProfileAction.RemoveOrEmptyOrDummy,
        "X/Z/U*" => ProfileAction.RemoveOrEmptyOrUid,
        _ => throw new InvalidDataException($"confidentiality.csv: '{code}' is no action"),
    };

    private static OptionAction Option(string code) => code switch
    {
        "" => OptionAction.None,
        "K" => OptionAction.Keep,
        "C" => OptionAction.Clean,
        _ => throw new InvalidDataException($"confidentiality.csv: '{code}' is no action of an option"),
    };
}
