using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Gyrus.Dicom.Parsing;
using Gyrus.Dicom.Privacy;
using Gyrus.Dicom.Writing;
using Gyrus.Testing;
using Xunit;

namespace Gyrus.Dicom.Tests.Privacy;

public class ObjectDeidentifierTests
{
    private static readonly DicomTag ReferencedImageSequence = new(0x0008, 0x1140), ReferencedSopInstanceUid = new(0x0008, 0x1155), RelatedSeriesSequence = new(0x0008, 0x1250);
    private static readonly DicomTag InstitutionName = new(0x0008, 0x0080), PatientAge = new(0x0010, 0x1010), DeviceSerialNumber = new(0x0018, 0x1000), AcquisitionDateTime = new(0x0008, 0x002A);

    /// <summary>Every attribute of the profile and private ones, at three depths: no value that was there is anywhere in the file, however it was written.</summary>
    [Fact]
    public void No_value_of_the_profile_is_left() => Prop.ForAll(Gen.Choose(0, 1_000_000).ToArbitrary(), seed =>
    {
        var traced = new TracedObject(seed);
        var data = traced.Build();
        var file = DicomFile.Parse("x", DicomWriter.File(data, TransferSyntax.ExplicitLittleEndian));
        var bytes = DicomWriter.File(Deidentified(file).Data, TransferSyntax.ExplicitLittleEndian);
        var values = Values(DicomFile.Parse("x", bytes).Data).ToHashSet();

        int levels = 3 * (ConfidentialityProfile.Rows.Count - 20);
        Assert.True(traced.Traces.Count + traced.ShortTraces.Count > levels * 0.8, $"{traced.Traces.Count} values");
        Assert.Equal("", string.Join(' ', traced.Traces.Where(trace => bytes.AsSpan().IndexOf(trace) >= 0).Select(Encoding.Latin1.GetString)));
        Assert.DoesNotContain(traced.ShortTraces, values.Contains);
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(10));

    [Fact]
    public void What_was_done_is_said_in_the_object()
    {
        var data = Deidentified(Small()).Data;

        Assert.Equal(("YES", "REMOVED"), (data.Text(DicomTags.PatientIdentityRemoved), data.Text(DicomTags.LongitudinalTemporalInformationModified)));
        Assert.Equal("PS3.15 2026d table E.1-1", data.Texts(DicomTags.DeidentificationMethod)[1]);
        Assert.Equal(["113100"], data.Items(DicomTags.DeidentificationMethodCodeSequence).Select(item => item.Text(DicomTags.CodeValue)));

        var all = Deidentified(Small(), new() { KeepIntervals = true, KeepDescriptions = true, KeepDevice = true, KeepCharacteristics = true }).Data;
        Assert.Equal("MODIFIED", all.Text(DicomTags.LongitudinalTemporalInformationModified));
        Assert.Equal(
            ["113100", "113105", "113107", "113108", "113109"], all.Items(DicomTags.DeidentificationMethodCodeSequence).Select(item => item.Text(DicomTags.CodeValue)));
    }

    [Fact]
    public void References_stay_references_and_the_standards_UIDs_stay()
    {
        var one = Deidentified(Small()).Data;
        var other = Deidentified(Small(instance: "1.2.3.9", reference: "1.2.3.4")).Data;

        Assert.Equal("1.2.840.10008.5.1.4.1.1.2", one.Text(DicomTags.SopClassUid));
        Assert.Equal(one.Text(DicomTags.SopInstanceUid), other.Items(ReferencedImageSequence)[0].Text(ReferencedSopInstanceUid));
        Assert.Equal(one.Text(DicomTags.StudyInstanceUid), other.Items(RelatedSeriesSequence)[0].Text(DicomTags.StudyInstanceUid));
        Assert.Equal(one.Text(DicomTags.StudyInstanceUid), other.Text(DicomTags.StudyInstanceUid));
        Assert.NotEqual(one.Text(DicomTags.SopInstanceUid), other.Text(DicomTags.SopInstanceUid));
        Assert.StartsWith("2.25.", one.Text(DicomTags.SopInstanceUid), StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_secret_gives_the_same_and_another_gives_others()
    {
        var (one, same, other) = (Deidentified(Small()).Data, Deidentified(Small()).Data, Deidentified(Small(), secret: "another secret of its own").Data);

        Assert.Equal(DicomWriter.File(one, TransferSyntax.ExplicitLittleEndian), DicomWriter.File(same, TransferSyntax.ExplicitLittleEndian));
        Assert.NotEqual(one.Text(DicomTags.StudyInstanceUid), other.Text(DicomTags.StudyInstanceUid));
        Assert.NotEqual(one.Text(DicomTags.PatientId), other.Text(DicomTags.PatientId));
        Assert.Equal(one.Text(DicomTags.PatientId), one.Text(DicomTags.PatientName));
        Assert.Matches("^P[0-9A-Z]{12}$", one.Text(DicomTags.PatientId));
    }

    [Fact]
    public void Intervals_are_kept_and_times_with_them()
    {
        var options = new DeidentificationOptions { KeepIntervals = true };
        var (first, later) = (Deidentified(Small(), options).Data, Deidentified(Small(date: "20240311"), options).Data);

        Assert.Equal(10, Day(later) - Day(first));
        Assert.InRange(Day(first) - new DateOnly(2024, 3, 1).DayNumber, -3650, -1);
        Assert.Equal("101112.5", first.Text(DicomTags.StudyTime));
        Assert.Equal(first.Text(DicomTags.StudyDate) + "101112+0100", first.Text(AcquisitionDateTime));
        Assert.Equal("", first.Text(DicomTags.PatientBirthDate));
        Assert.NotEqual(Day(first), Day(Deidentified(Small(patient: "another"), options).Data));

        // A year alone cannot move by days.
        Assert.DoesNotContain("2024", Deidentified(Small(date: "2024"), options).Data.Text(DicomTags.StudyDate), StringComparison.Ordinal);
    }

    /// <summary>The versions of the standard's lists are known to all: moved, they would tell how far dates were moved.</summary>
    [Fact]
    public void Dates_that_are_known_to_all_are_not_moved()
    {
        var version = new DicomTag(0x0008, 0x0106);
        var data = new DatasetBuilder().Text(DicomTags.SopInstanceUid, "1.2").Bytes(version, "DT", "20170914"u8.ToArray()).Build();

        Assert.Equal("19000101000000", Deidentified(AsFile(data), new() { KeepIntervals = true }).Data.Text(version));
    }

    [Theory]
    [InlineData("AX T1 MPRAGE", true)]
    [InlineData("T1 of Miller", false)]
    [InlineData("T1_MILLER_2", false)]
    [InlineData("T1 H4711-X", false)]
    [InlineData("seen 2024-03-01", false)]
    [InlineData("order 123456", false)]
    [InlineData("St. Elsewhere protocol", false)]
    public void A_description_is_kept_where_it_names_nobody(string description, bool isKept)
    {
        var data = Deidentified(Small(description: description), new() { KeepDescriptions = true }).Data;

        Assert.Equal(isKept ? description : "", data.Text(DicomTags.SeriesDescription));
        Assert.Equal("", Deidentified(Small(description: description)).Data.Text(DicomTags.SeriesDescription));
    }

    [Fact]
    public void Options_keep_what_they_name_and_nothing_else()
    {
        var characteristics = Deidentified(Small(), new() { KeepCharacteristics = true });
        var device = Deidentified(Small(), new() { KeepDevice = true });

        Assert.Equal(("044Y", "F", "REMOVED"), (characteristics.Data.Text(PatientAge), characteristics.Data.Text(DicomTags.PatientSex), characteristics.Data.Text(DeviceSerialNumber)));
        Assert.Equal(("", "", "S-77"), (device.Data.Text(PatientAge), device.Data.Text(DicomTags.PatientSex), device.Data.Text(DeviceSerialNumber)));
        Assert.Equal(2, characteristics.Tally.Count(AttributeChange.Kept));
        Assert.Equal(1, device.Tally.Count(new("(0018,1000)", "DeviceSerialNumber"), AttributeChange.Kept));
        Assert.Equal("REMOVED", device.Data.Text(InstitutionName));
    }

    /// <summary>What the table does not list, but says who somebody is by how it is written.</summary>
    [Fact]
    public void Names_dates_addresses_and_unknown_attributes_beside_the_table_go_too()
    {
        DicomTag evaluator = new(0x0014, 0x2006), expiry = new(0x0014, 0x1020), url = new(0x0008, 0x1190), unknown = new(0x0008, 0x9FFE), encrypted = new(0x0400, 0x0500), coding = new(0x0008, 0x010C);
        DicomTag target = new(0x0018, 0x991E);
        var data = new DatasetBuilder().Text(DicomTags.SopInstanceUid, "1.2")
            .Bytes(evaluator, "PN", "Doe^Jane"u8.ToArray()).Bytes(expiry, "DA", "20240301"u8.ToArray()).Bytes(url, "UR", "https://pacs.example/1.2.3"u8.ToArray())
            .Bytes(unknown, "LO", "what is this"u8.ToArray()).Sequence(encrypted, new DatasetBuilder().Text(DicomTags.PatientName, "Doe").Build())
            .Bytes(coding, "UI", "2.16.840.1.113883.6.96"u8.ToArray()).Bytes(target, "LO", "1.2.826.0.1.77"u8.ToArray())
            .Bytes(RelatedSeriesSequence, "OB", "called bytes, and a sequence"u8.ToArray())
            .Bytes(new(0x6000, 0x0010), "US", new byte[2]).Bytes(new(0x6000, 0x0022), "LO", "of Jane Doe"u8.ToArray())
            .Build();

        var left = Deidentified(AsFile(data)).Data;

        Assert.Equal(("", ""), (left.Text(evaluator), left.Text(expiry)));
        Assert.All((DicomTag[])[url, unknown, encrypted, RelatedSeriesSequence, new(0x6000, 0x0010), new(0x6000, 0x0022)], tag => Assert.Null(left.Find(tag)));
        Assert.Equal("2.16.840.1.113883.6.96", left.Text(coding));
        Assert.StartsWith("2.25.", left.Text(target), StringComparison.Ordinal);
    }

    /// <summary>In files that do not say how values are written, sequences are sequences all the same, and signed values signed.</summary>
    [Fact]
    public void Implicit_files_are_treated_in_their_sequences()
    {
        DicomTag smallest = new(0x0028, 0x0106);
        var bytes = WrittenDicom.File(TransferSyntax.ImplicitLittleEndian, data => data
            .Text(DicomTags.SopClassUid, "UI", "1.2.840.10008.5.1.4.1.1.2").Text(DicomTags.SopInstanceUid, "UI", "1.2.3.4")
            .Sequence(RelatedSeriesSequence, isDelimited: false, item => item.Text(DicomTags.StudyInstanceUid, "UI", "1.2.826.77777.1").Text(DicomTags.PatientName, "PN", "Miller^Ann"))
            .Word(DicomTags.PixelRepresentation, 1).Word(smallest, 0xFFFF));

        var written = DicomWriter.File(Deidentified(DicomFile.Parse("x", bytes)).Data, TransferSyntax.ExplicitLittleEndian);
        var read = DicomFile.Parse("x", written).Data;

        Assert.Equal(-1, written.AsSpan().IndexOf("77777"u8));
        Assert.Equal(-1, written.AsSpan().IndexOf("Miller"u8));
        Assert.StartsWith("2.25.", read.Items(RelatedSeriesSequence)[0].Text(DicomTags.StudyInstanceUid), StringComparison.Ordinal);
        Assert.Equal(("SS", -1), (read.Find(smallest)?.Representation, read.Whole(smallest)));
    }

    /// <summary>A program that did not know a sequence passed it on as unknown bytes.</summary>
    [Fact]
    public void A_sequence_passed_on_as_unknown_is_treated()
    {
        byte[] item = [0xFE, 0xFF, 0x00, 0xE0, 18, 0, 0, 0, 0x10, 0x00, 0x10, 0x00, 10, 0, 0, 0, .. "Miller^Ann"u8];
        var data = new DatasetBuilder().Text(DicomTags.SopInstanceUid, "1.2").Bytes(RelatedSeriesSequence, "UN", item).Build();

        Assert.Equal(-1, DicomWriter.File(Deidentified(AsFile(data)).Data, TransferSyntax.ExplicitLittleEndian).AsSpan().IndexOf("Miller"u8));
    }

    [Fact]
    public void A_secret_that_can_be_guessed_is_refused() =>
        Assert.Contains("must have 16", Assert.Throws<GyrusException>(() => new Pseudonyms("short"u8.ToArray(), new())).Message, StringComparison.Ordinal);

    private static int Day(DicomDataset data) => DateOnly.ParseExact(data.Text(DicomTags.StudyDate), "yyyyMMdd").DayNumber;

    private static DeidentifiedObject Deidentified(DicomFile file, DeidentificationOptions? options = null, string secret = "a secret that nobody knows") =>
        new ObjectDeidentifier(new(Encoding.ASCII.GetBytes(secret), new()), options ?? new()).Apply(file);

    private static DicomFile AsFile(DicomDataset data) => DicomFile.Parse("x", DicomWriter.File(data, TransferSyntax.ExplicitLittleEndian));

    private static DicomFile Small(
        string instance = "1.2.3.4", string reference = "1.2.3.5", string patient = "H4711-X", string date = "20240301", string description = "AX T1") => AsFile(new DatasetBuilder()
        .Text(DicomTags.SopClassUid, "1.2.840.10008.5.1.4.1.1.2").Text(DicomTags.SopInstanceUid, instance).Text(DicomTags.Modality, "CT")
        .Text(DicomTags.StudyInstanceUid, "1.2.3").Text(DicomTags.SeriesInstanceUid, "1.2.3.1")
        .Text(DicomTags.StudyDate, date).Text(DicomTags.StudyTime, "101112.5").Bytes(AcquisitionDateTime, "DT", Encoding.ASCII.GetBytes(date + "101112+0100"))
        .Text(DicomTags.SeriesDescription, description).Bytes(InstitutionName, "LO", "St. Elsewhere"u8.ToArray()).Bytes(DeviceSerialNumber, "LO", "S-77"u8.ToArray())
        .Text(DicomTags.PatientName, "Miller^Ann").Text(DicomTags.PatientId, patient).Text(DicomTags.PatientBirthDate, "19800101").Text(DicomTags.PatientSex, "F")
        .Bytes(PatientAge, "AS", "044Y"u8.ToArray())
        .Sequence(ReferencedImageSequence, new DatasetBuilder().Bytes(ReferencedSopInstanceUid, "UI", Encoding.ASCII.GetBytes(reference)).Build())
        .Sequence(RelatedSeriesSequence, new DatasetBuilder().Text(DicomTags.StudyInstanceUid, "1.2.3").Build())
        .Build());

    private static IEnumerable<string> Values(DicomDataset data) =>
        data.Elements.SelectMany(element => data.Texts(element.Tag).Concat(element.Items.SelectMany(Values)));
}
