using System.Globalization;
using System.Text;
using Gyrus.Dicom.Parsing;
using Gyrus.Dicom.Privacy;
using Gyrus.Dicom.Writing;

namespace Gyrus.Dicom.Tests.Privacy;

/// <summary>An object with a value in every attribute of the profile, and in private ones, at three depths, each value found nowhere else.</summary>
internal sealed class TracedObject(int seed)
{
    // RelatedSeriesSequence and PurposeOfReferenceCodeSequence: the profile says nothing of them, so that what is in them stays where it is not listed itself.
    private static readonly DicomTag Outer = new(0x0008, 0x1250), Inner = new(0x0040, 0xA170), PrivateCreator = new(0x0029, 0x0010), PrivateValue = new(0x0029, 0x1001), PrivateSequence = new(0x0029, 0x1002);

    private readonly SeededRandom _random = new(seed);

    /// <summary>The values as they must not be found in the bytes of a file.</summary>
    public List<byte[]> Traces { get; } = [];

    /// <summary>Dates and times, too short to be found nowhere by chance: as an attribute's whole value they must be nowhere.</summary>
    public HashSet<string> ShortTraces { get; } = [];

    public DicomDataset Build() => Level(depth: 0)
        .Text(DicomTags.SopClassUid, "1.2.840.10008.5.1.4.1.1.2").Text(DicomTags.Modality, "CT").Number(DicomTags.Rows, 1).Number(DicomTags.Columns, 1)
        .Build();

    private DatasetBuilder Level(int depth)
    {
        var builder = new DatasetBuilder();
        foreach (var row in ConfidentialityProfile.Rows)
        {
            var tag = Tag(row);
            // Groups below are of messages and of a file's header, which an object has none of at its top.
            if (depth == 0 && tag.Group < 8) continue;
            var representation = StandardRepresentations.Find(tag) ?? "UN";
            if (representation == "SQ") builder.Sequence(tag, Item(row).Build());
            else builder.Bytes(tag, representation, Value(representation));
        }
        builder.Bytes(PrivateCreator, "LO", Value("LO")).Bytes(PrivateValue, "UN", Value("UN"))
            .Sequence(PrivateSequence, new DatasetBuilder().Bytes(DicomTags.StudyDescription, "LO", Value("LO")).Build());
        if (depth < 2) builder.Sequence(depth == 0 ? Outer : Inner, Level(depth + 1).Build());
        return builder;
    }

    /// <summary>References keep what is no UID and is not listed: they have no such text here.</summary>
    private DatasetBuilder Item(ProfileRow row)
    {
        var item = new DatasetBuilder().Bytes(DicomTags.PatientName, "PN", Value("PN")).Bytes(DicomTags.SopInstanceUid, "UI", Value("UI"));
        return row.Basic == ProfileAction.RemoveOrEmptyOrUid ? item : item.Bytes(DicomTags.CodeMeaning, "LO", Value("LO"));
    }

    private static DicomTag Tag(ProfileRow row) =>
        row.Mask == uint.MaxValue ? new((ushort)(row.Number >> 16), (ushort)row.Number)
        : row.Keyword switch { "CurveData" => new(0x5002, 0x3000), "OverlayData" => new(0x6004, 0x3000), "OverlayComments" => new(0x6004, 0x4000), _ => new(0x0031, 0x1010) };

    private byte[] Value(string representation)
    {
        switch (representation)
        {
            case "DA" or "TM" or "DT" or "AS":
                var text = representation switch
                {
                    "DA" => Date(),
                    "TM" => Time(),
                    "DT" => Date() + Time(),
                    _ => string.Create(CultureInfo.InvariantCulture, $"{_random.Next(10, 99):D3}Y"),
                };
                ShortTraces.Add(text);
                return Encoding.ASCII.GetBytes(text);
            case "DS" or "IS":
                return Traced(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"7{_random.Next(100_000_000, 999_999_999)}")));
            case "UI":
                return Traced(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"1.2.826.0.1.{_random.Next(100_000_000, 999_999_999)}.{_random.Next(100_000_000, 999_999_999)}")));
            case "OB" or "OW" or "UN" or "OF" or "OD":
                return Traced([.. Enumerable.Range(0, 16).Select(_ => (byte)_random.Next(1, 255))]);
            case "US" or "SS":
                return [(byte)_random.Next(1, 255), 0x5A];
            case "FD":
                return Traced(BitConverter.GetBytes(_random.Next(1, int.MaxValue) / 7.0));
            default:
                return Traced(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"ZQ{_random.Next(0, int.MaxValue):X8}{_random.Next(0, 255):X2}")));
        }
    }

    private byte[] Traced(byte[] value)
    {
        Traces.Add(value);
        return value;
    }

    private string Date() => new DateOnly(1930, 1, 1).AddDays(_random.Next(1, 34_000)).ToString("yyyyMMdd", CultureInfo.InvariantCulture);

    private string Time() => string.Create(CultureInfo.InvariantCulture, $"{_random.Next(1, 24):D2}{_random.Next(1, 60):D2}{_random.Next(1, 60):D2}");
}
