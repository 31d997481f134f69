using Gyrus.Dicom.Parsing;
using Gyrus.Dicom.Pixels;
using Gyrus.Dicom.Writing;
using Gyrus.Testing;
using Xunit;

namespace Gyrus.Dicom.Tests.Writing;

public class DicomWriterTests
{
    [Fact]
    public void What_is_written_is_read_again()
    {
        var data = new DatasetBuilder()
            .Text(DicomTags.SpecificCharacterSet, DatasetBuilder.CharacterSet)
            .Text(DicomTags.SopClassUid, "1.2.3").Text(DicomTags.SopInstanceUid, "1.2.3.4")
            .Text(DicomTags.PatientName, "Müller^Jürgen").Text(DicomTags.ImageType, "DERIVED", "SECONDARY")
            .Number(DicomTags.PixelSpacing, 0.5, 1.0 / 3).Number(DicomTags.Rows, 65535).Number(DicomTags.InstanceNumber, 7)
            .Sequence(DicomTags.ModalityLutSequence, new DatasetBuilder().Number(DicomTags.Columns, 3).Build(), new DatasetBuilder().Build())
            .Build();

        var read = DicomFile.Parse("x", DicomWriter.File(data, TransferSyntax.ExplicitLittleEndian));

        Assert.Equal("Müller^Jürgen", read.Data.Text(DicomTags.PatientName));
        Assert.Equal(["DERIVED", "SECONDARY"], read.Data.Texts(DicomTags.ImageType));
        Assert.Equal([0.5, 0.3333333333], read.Data.Numbers(DicomTags.PixelSpacing));
        Assert.Equal((65535, 7), (read.Data.Whole(DicomTags.Rows), read.Data.Whole(DicomTags.InstanceNumber)));
        Assert.Equal([3, null], read.Data.Items(DicomTags.ModalityLutSequence).Select(item => item.Whole(DicomTags.Columns)));
        Assert.Equal(("1.2.3", "1.2.3.4"), (read.Meta.Text(DicomTags.MediaStorageSopClassUid), read.Meta.Text(DicomTags.MediaStorageSopInstanceUid)));
        Assert.False(read.IsTruncated);
    }

    [Fact]
    public void A_text_too_long_for_its_kind_is_kept()
    {
        var text = new string('a', 70_001);
        var data = new DatasetBuilder().Text(DicomTags.SeriesDescription, text).Build();

        Assert.StartsWith(text, DicomFile.Parse("x", DicomWriter.File(data, TransferSyntax.ExplicitLittleEndian)).Data.Text(DicomTags.SeriesDescription), StringComparison.Ordinal);
    }

    /// <summary>Every file of other projects' tests that can be read: written again, its attributes and pixels are the same.</summary>
    [Fact]
    public void Files_of_every_kind_are_the_same_when_written_again()
    {
        int compared = 0;
        foreach (var path in Directory.EnumerateFiles(TestFiles.Shared("dicom"), "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            DicomFile file;
            try
            {
                file = DicomFile.Read(path);
            }
            catch (DicomException)
            {
                continue;
            }
            if (file.IsTruncated) continue;
            var syntax = file.Data.Find(DicomTags.PixelData)?.Fragments is null ? TransferSyntax.ExplicitLittleEndian : file.Syntax;
            var again = DicomFile.Parse(path, DicomWriter.File(file.Data, syntax));
            Same(path, file.Data, again.Data);
            Assert.Equal(Pixels(file), Pixels(again));
            compared++;
        }
        Assert.True(compared >= 100, $"{compared} files");
    }

    private static void Same(string path, DicomDataset one, DicomDataset other)
    {
        var expected = one.Elements.Where(element => element.Tag.Element != 0).GroupBy(element => element.Tag).Select(elements => elements.Last()).OrderBy(element => element.Tag).ToList();
        Assert.Equal(expected.Select(element => element.Tag), other.Elements.Select(element => element.Tag));
        foreach (var (was, now) in expected.Zip(other.Elements))
        {
            var where = $"{path} {was.Tag} {was.Representation}";
            Assert.True(was.Representation == now.Representation, where);
            if (one.IsBigEndian && DicomTags.Find(was.Tag) is not null && was.Representation is "US" or "SS" or "UL" or "FD")
                Assert.True(one.Numbers(was.Tag).SequenceEqual(other.Numbers(was.Tag)), where);
            else if (!one.IsBigEndian) Assert.True(now.Value.Span.StartsWith(was.Value.Span) && now.Value.Length - was.Value.Length is 0 or 1, where);
            Assert.True(was.Items.Count == now.Items.Count, where);
            foreach (var (inside, again) in was.Items.Zip(now.Items)) Same(path, inside, again);
        }
    }

    private static ushort[] Pixels(DicomFile file)
    {
        try
        {
            return DicomPixels.Of(file).Frame(0).Raw;
        }
        catch (DicomException)
        {
            return [];
        }
    }
}
