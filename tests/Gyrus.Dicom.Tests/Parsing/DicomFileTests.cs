using System.IO.Compression;
using FsCheck;
using FsCheck.Fluent;
using Gyrus.Dicom.Parsing;
using Gyrus.Testing;
using Xunit;

namespace Gyrus.Dicom.Tests.Parsing;

public class DicomFileTests
{
    private static readonly TransferSyntax[] Written = [TransferSyntax.ImplicitLittleEndian, TransferSyntax.ExplicitLittleEndian, TransferSyntax.ExplicitBigEndian];

    public static TheoryData<string, bool> Ways
    {
        get
        {
            var ways = new TheoryData<string, bool>();
            foreach (var syntax in Written)
            {
                ways.Add(syntax.Uid, true);
                ways.Add(syntax.Uid, false);
            }
            return ways;
        }
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void What_was_written_in_any_way_is_read(string uid, bool isDelimited)
    {
        var bytes = WrittenDicom.File(TransferSyntax.Of(uid), data => data
            .Text(DicomTags.Modality, "CS", "MR")
            .Text(DicomTags.ImagePositionPatient, "DS", "-1.5\\2\\ 3e1")
            .Word(DicomTags.Rows, 513)
            .Sequence(
                DicomTags.VoiLutSequence, isDelimited,
                item => item.Bytes(DicomTags.LutDescriptor, "US", item.Words(3, 65535, 8)),
                item => item.Sequence(DicomTags.ModalityLutSequence, isDelimited, inner => inner.Text(DicomTags.RescaleType, "LO", "HU"))));

        var data = DicomFile.Parse("x.dcm", bytes).Data;

        Assert.Equal("MR", data.Text(DicomTags.Modality));
        Assert.Equal([-1.5, 2, 30], data.Numbers(DicomTags.ImagePositionPatient));
        Assert.Equal(513, data.Whole(DicomTags.Rows));
        var items = data.Items(DicomTags.VoiLutSequence);
        Assert.Equal(2, items.Count);
        Assert.Equal([3, 65535, 8], items[0].Numbers(DicomTags.LutDescriptor));
        Assert.Equal([3, -1, 8], items[0].Numbers(DicomTags.LutDescriptor, signed: true));
        Assert.Equal("HU", items[1].Items(DicomTags.ModalityLutSequence)[0].Text(DicomTags.RescaleType));
    }

    [Fact]
    public void Deflated_is_unfolded()
    {
        var plain = WrittenDicom.File(TransferSyntax.ExplicitLittleEndian, data => data.Text(DicomTags.Modality, "CS", "CT"));
        using var packed = new MemoryStream();
        using (var deflate = new DeflateStream(packed, CompressionLevel.Optimal, leaveOpen: true)) deflate.Write(plain.AsSpan(plain.Length - 10));
        var bytes = WrittenDicom.File(TransferSyntax.Of("1.2.840.10008.1.2.1.99"), _ => { });

        Assert.Equal("CT", DicomFile.Parse("x.dcm", (byte[])[.. bytes, .. packed.ToArray()]).Data.Text(DicomTags.Modality));
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void A_file_without_beginning_or_header_is_read(string uid, bool withHeader)
    {
        var syntax = TransferSyntax.Of(uid);
        var bytes = WrittenDicom.File(syntax, data => data.Text(DicomTags.Modality, "CS", "MR").Word(DicomTags.Rows, 7), preamble: false);
        int header = 8 + (uid.Length % 2 == 0 ? uid.Length : uid.Length + 1);

        var data = DicomFile.Parse("x", withHeader ? bytes : bytes[header..]).Data;

        Assert.Equal("MR", data.Text(DicomTags.Modality));
        Assert.Equal(7, data.Whole(DicomTags.Rows));
    }

    [Fact]
    public void A_name_is_read_in_its_alphabet()
    {
        var bytes = WrittenDicom.File(TransferSyntax.ExplicitLittleEndian, data => data
            .Text(DicomTags.SpecificCharacterSet, "CS", "ISO_IR 192")
            .Bytes(DicomTags.PatientName, "PN", "Müller^Ærø"u8.ToArray()));

        Assert.Equal("Müller^Ærø", DicomFile.Parse("x", bytes).Data.Text(DicomTags.PatientName));
    }

    [Fact]
    public void Wherever_a_file_is_cut_off_what_is_left_is_read_or_refused_in_words() => Prop.ForAll<PositiveInt>(place =>
    {
        var bytes = WrittenDicom.File(TransferSyntax.ExplicitLittleEndian, data => data
            .Text(DicomTags.Modality, "CS", "MR")
            .Sequence(DicomTags.VoiLutSequence, isDelimited: true, item => item.Text(DicomTags.RescaleType, "LO", "HU"))
            .Image(2, 2, 16)
            .Bytes(DicomTags.PixelData, "OW", new byte[8]));
        int length = 140 + (place.Get % (bytes.Length - 140));

        var file = DicomFile.Parse("x", bytes.AsMemory(0, length));

        Assert.True(file.Data.Text(DicomTags.Modality) is "" or "M" or "MR");
        Assert.NotEqual(8, file.Data.Find(DicomTags.PixelData)?.Value.Length ?? 0);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Sequences_in_sequences_without_end_are_refused()
    {
        var item = new byte[] { 0x28, 0, 0x10, 0x30, (byte)'S', (byte)'Q', 0, 0, 255, 255, 255, 255, 0xFE, 0xFF, 0, 0xE0, 255, 255, 255, 255 };
        byte[] bytes = [.. WrittenDicom.File(TransferSyntax.ExplicitLittleEndian, _ => { }), .. Enumerable.Repeat(item, 100_000).SelectMany(part => part)];

        var error = Assert.Throws<DicomException>(() => DicomFile.Parse("deep.dcm", bytes));

        Assert.StartsWith("deep.dcm: ", error.Message, StringComparison.Ordinal);
        Assert.Contains("deep", error.Message[10..], StringComparison.Ordinal);
    }

    [Fact]
    public void Header_of_a_large_file_is_read_without_its_pixels()
    {
        using var folder = new TempFolder();
        var path = folder.File("large.dcm");
        File.WriteAllBytes(path, WrittenDicom.File(TransferSyntax.ExplicitLittleEndian, data => data
            .Text(DicomTags.Modality, "CS", "CT")
            .Text(DicomTags.SeriesDescription, "UT", new string('x', 200_000))
            .Image(1000, 1000, 16)
            .Bytes(DicomTags.PixelData, "OW", new byte[2_000_000])));

        var file = DicomFile.ReadHeader(path);

        Assert.Equal(1000, file.Data.Whole(DicomTags.Columns));
        Assert.Null(file.Data.Find(DicomTags.PixelData));
        Assert.False(file.IsTruncated);
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData("this is a letter and no image of a head at all", "no DICOM file")]
    public void What_is_no_DICOM_file_is_refused(string text, string reason) =>
        Assert.Contains(reason, Assert.Throws<DicomException>(() => DicomFile.Parse("x", System.Text.Encoding.ASCII.GetBytes(text))).Message, StringComparison.Ordinal);
}
