using System.Text;
using Gyrus.Dicom.Parsing;

namespace Gyrus.Dicom.Privacy;

/// <summary>Does to the attributes of one object what the profile says, in sequences too.</summary>
/// <param name="pseudonyms">What stands for UIDs and the patient.</param>
/// <param name="options">What is kept.</param>
/// <param name="patient">Names the patient.</param>
/// <param name="identifiers">What descriptions must not hold.</param>
/// <param name="isSigned">Whether values that have a sign where pixels have one do.</param>
/// <param name="tally">Counts what becomes of attributes.</param>
internal sealed class DatasetTreatment(
    Pseudonyms pseudonyms, DeidentificationOptions options, string patient, KnownIdentifiers identifiers, bool isSigned, AttributeTally tally)
{
    private const string StandardRoot = "1.2.840.10008.";

    private static readonly DicomTag EncryptedAttributes = new(0x0400, 0x0500);

    // Versions of the standard's own lists are known to all: moved, they would tell by how many days dates were moved.
    private static readonly DicomTag[] PublicDates = [new(0x0008, 0x0106), new(0x0008, 0x0107), new(0x0040, 0xDB06), new(0x0040, 0xDB07)];

    // CodingSchemeUID, ContextUID and MappingResourceUID name lists of codes, not objects.
    private static readonly DicomTag[] NamesOfLists = [new(0x0008, 0x010C), new(0x0008, 0x0117), new(0x0008, 0x0118)];

    // Of the standard's root or not, these name what a hospital made.
    private static readonly DicomTag[] NamesOfObjects =
    [
        DicomTags.SopInstanceUid, DicomTags.StudyInstanceUid, DicomTags.SeriesInstanceUid, new(0x0008, 0x1155), new(0x0004, 0x1511), new(0x0020, 0x0242), new(0x0008, 0x1167),
    ];

    /// <summary>The data set as the profile leaves it.</summary>
    /// <param name="data">The object, or an item of a sequence.</param>
    public DicomDataset Of(DicomDataset data)
    {
        List<DicomElement> kept = new(data.Elements.Count);
        foreach (var element in data.Elements)
        {
            // The last of two of one number counts; lengths of groups would be wrong now.
            if (element.Tag.Element == 0 || !ReferenceEquals(data.Find(element.Tag), element)) continue;
            if (Of(data, element) is { } left) kept.Add(left);
        }
        return new(kept, data.IsBigEndian);
    }

    private DicomElement? Of(DicomDataset data, DicomElement element)
    {
        var tag = element.Tag;
        // Attributes of messages, of a file's own header and of lists of files.
        if (tag.Group < 0x0008) return Removed(new(tag.ToString(), "NotOfAnObject"));
        if (ConfidentialityProfile.Find(tag) is { } row) return ByProfile(data, element, row);
        // What is left of a drawing whose points were removed is none.
        return tag.Group is >= 0x6000 and <= 0x60FF ? Removed(new("(60xx,xxxx)", "Overlay")) : BesideProfile(data, element);
    }

    private DicomElement? ByProfile(DicomDataset data, DicomElement element, ProfileRow row)
    {
        TalliedTag attribute = new(row.Tag, row.Keyword);
        bool isEmpty = element.Value.IsEmpty && element.Items.Count == 0 && element.Fragments is null;
        if (isEmpty && row.Basic != ProfileAction.Remove) return element;
        if (element.Tag == DicomTags.PatientName || element.Tag == DicomTags.PatientId) return Replaced(attribute, element, pseudonyms.Patient(patient));
        if (Optional(data, element, row) is { } kept)
        {
            tally.Add(attribute, kept.IsMoved ? AttributeChange.Replaced : AttributeChange.Kept);
            return kept.Element;
        }
        switch (row.Basic)
        {
            case ProfileAction.Remove:
                return Removed(attribute);
            case ProfileAction.Empty or ProfileAction.RemoveOrEmpty:
                return Emptied(attribute, element);
            case ProfileAction.Uid:
                return Uids(attribute, data, element);
            case ProfileAction.RemoveOrEmptyOrUid:
                tally.Add(attribute, AttributeChange.Replaced);
                return Inside(element);
            default:
                tally.Add(attribute, AttributeChange.Replaced);
                return Dummy(data, element);
        }
    }

    /// <summary>The attribute where an option keeps it, and whether it was moved in time; null where none does.</summary>
    private (DicomElement Element, bool IsMoved)? Optional(DicomDataset data, DicomElement element, ProfileRow row)
    {
        if (options.KeepIntervals && row.Dates != OptionAction.None && !PublicDates.Contains(element.Tag))
        {
            if (element.Representation == "TM") return (element, false);
            if (Moved(data, element) is { } moved) return (moved, true);
        }
        // A device's dates are dates all the same.
        bool keptDevice = options.KeepDevice && row.Device == OptionAction.Keep && row.Dates == OptionAction.None;
        bool keptPatient = options.KeepCharacteristics && row.Characteristics == OptionAction.Keep;
        bool keptText = options.KeepDescriptions && row.Descriptors != OptionAction.None && KnownIdentifiers.IsText(element) && !identifiers.AreIn(element);
        return keptDevice || keptPatient || keptText ? (Inside(element), false) : null;
    }

    /// <summary>What the table does not list, but may tell who the patient is all the same: names, dates and addresses on the net by how they are written, UIDs, and
    /// attributes of which nothing is known.</summary>
    private DicomElement? BesideProfile(DicomDataset data, DicomElement element)
    {
        var standard = StandardRepresentations.Find(element.Tag);
        TalliedTag attribute = new(element.Tag.ToString(), standard is null ? "NotOfTheStandard" : DicomTags.Find(element.Tag)?.Keyword ?? "NotInTheProfile");
        // A sequence that a file calls something else is not looked into.
        bool isHidden = standard == "SQ" && element.Representation != "SQ";
        if (standard is null || isHidden || element.Tag == EncryptedAttributes) return Removed(attribute);
        if (element.Representation == "SQ") return Inside(element);
        if (element.Value.IsEmpty) return element;
        switch (standard is "DA" or "DT" or "PN" or "UI" or "UR" ? standard : element.Representation)
        {
            case "UR":
                return Removed(attribute);
            case "PN":
                return Emptied(attribute, element);
            case "DA" or "DT" when options.KeepIntervals && Moved(data, element) is { } moved:
                tally.Add(attribute, AttributeChange.Replaced);
                return moved;
            case "DA" or "DT":
                return Emptied(attribute, element);
            case "UI" when !NamesOfLists.Contains(element.Tag):
                return Uids(attribute, data, element);
            default:
                return Signed(element);
        }
    }

    private DicomElement Inside(DicomElement element) => element.Representation == "SQ" ? element with { Items = [.. element.Items.Select(Of)] } : Signed(element);

    private DicomElement Signed(DicomElement element) =>
        isSigned && element.Representation == "US" && StandardRepresentations.HasSignOfPixels(element.Tag) ? element with { Representation = "SS" } : element;

    private DicomElement? Moved(DicomDataset data, DicomElement element) =>
        element.Representation is "DA" or "DT" && DateShift.Of(element.Representation, data.Texts(element.Tag), pseudonyms.Days(patient)) is { } moved
            ? element with { Value = Encoding.ASCII.GetBytes(moved) } : null;

    private DicomElement Uids(TalliedTag attribute, DicomDataset data, DicomElement element)
    {
        var other = OtherUids(data, element);
        if (!ReferenceEquals(other, element)) tally.Add(attribute, AttributeChange.Replaced);
        return other;
    }

    /// <summary>The same element where all its UIDs are the standard's.</summary>
    private DicomElement OtherUids(DicomDataset data, DicomElement element)
    {
        bool always = NamesOfObjects.Contains(element.Tag);
        var old = data.Texts(element.Tag);
        var made = old.Select(uid => uid.Length == 0 || (!always && uid.StartsWith(StandardRoot, StringComparison.Ordinal)) ? uid : pseudonyms.Uid(uid)).ToList();
        return made.SequenceEqual(old) ? element : new(element.Tag, "UI", Encoding.ASCII.GetBytes(string.Join('\\', made)));
    }

    /// <summary>A value that says nothing; of a sequence its first item, in which all values say nothing.</summary>
    private DicomElement Dummy(DicomDataset data, DicomElement element)
    {
        if (element.Representation == "UI") return OtherUids(data, element);
        if (element.Representation != "SQ") return element.Value.IsEmpty ? element : new(element.Tag, element.Representation, DummyValues.Of(element.Representation));
        return element.Items is [var first, ..] ? element with { Items = [DummyItem(first)] } : element;
    }

    private DicomDataset DummyItem(DicomDataset item) =>
        new([.. item.Elements.Where(element => !element.Tag.IsPrivate && element.Tag.Element != 0).Select(element => Dummy(item, element))], item.IsBigEndian);

    private DicomElement? Removed(TalliedTag attribute)
    {
        tally.Add(attribute, AttributeChange.Removed);
        return null;
    }

    private DicomElement Emptied(TalliedTag attribute, DicomElement element)
    {
        tally.Add(attribute, AttributeChange.Emptied);
        return new(element.Tag, element.Representation, default);
    }

    private DicomElement Replaced(TalliedTag attribute, DicomElement element, string text)
    {
        tally.Add(attribute, AttributeChange.Replaced);
        return new(element.Tag, element.Representation, Encoding.ASCII.GetBytes(text));
    }
}
