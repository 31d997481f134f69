using System.IO.Compression;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Gyrus.Data.Metadata;
using Gyrus.Data.Tests.Import;
using NetVips;
using Xunit;

namespace Gyrus.Data.Tests.Metadata;

public sealed class MetadataReaderTests
{
    [Fact]
    public void Names_dates_devices_places_and_text_in_EXIF_are_found_by_kind()
    {
        var findings = MetadataReader.Read(Jpeg(
            ("exif-ifd0-Artist", "Dr A. Example"),
            ("exif-ifd0-DateTime", "2019:03:04 05:06:07"),
            ("exif-ifd0-Make", "Scanner Works"),
            ("exif-ifd0-ImageDescription", "left side"),
            ("exif-ifd3-GPSLatitude", "51/1 30/1 0/1")));

        Assert.Contains(new MetadataFinding("EXIF Artist", "Dr A. Example", "name"), findings);
        Assert.Contains(new MetadataFinding("EXIF Date/Time", "2019:03:04 05:06:07", "date"), findings);
        Assert.Contains(new MetadataFinding("EXIF Make", "Scanner Works", "device"), findings);
        Assert.Contains(new MetadataFinding("EXIF Image Description", "left side", "text"), findings);
        Assert.Contains(findings, finding => finding is { Field: "EXIF GPS Latitude", Kind: "place" });
    }

    [Fact]
    public void What_describes_the_picture_alone_is_no_finding()
    {
        Assert.Empty(MetadataReader.Read(Jpeg(("exif-ifd0-Software", "a program"), ("exif-ifd0-XResolution", "72/1"))));
        Assert.Empty(MetadataReader.Read(Png(("Software", "a program"))));
        Assert.Empty(MetadataReader.Read(WithComment(Jpeg(), "LEAD Technologies Inc. V1.01")));
    }

    [Theory]
    [InlineData("Author", "Bob", "name")]
    [InlineData("Creation Time", "yesterday", "date")]
    [InlineData("date:create", "2021-01-01T00:00:00+00:00", "date")]
    [InlineData("PatientID", "4711", "name")]
    [InlineData("Whatever", "anything", "text")]
    public void PNG_text_is_found(string key, string value, string kind) =>
        Assert.Equal([new MetadataFinding($"PNG text {key}", value, kind)], MetadataReader.Read(Png((key, value))));

    [Fact]
    public void Compressed_PNG_text_is_found_and_what_would_fill_the_memory_is_not_unpacked()
    {
        Assert.Equal(
            [new MetadataFinding("PNG text Author", "Bob", "name")], MetadataReader.Read(CompressedText("Author", "Bob"u8.ToArray())));

        var bomb = CompressedText("Comment", new byte[100 << 20]);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var findings = MetadataReader.Read(bomb);

        Assert.Equal([new MetadataFinding("PNG text", "compressed and too long to be looked at", "text")], findings);
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 10 << 20);
    }

    [Fact]
    public void A_JPEG_comment_is_found() => Assert.Equal(
        [new MetadataFinding("JPEG comment", "seen by nurse", "text")],
        MetadataReader.Read(WithComment(Jpeg(), "seen by nurse")));

    [Fact]
    public void XMP_is_found()
    {
        const string Xmp = """
            <x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
            <rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
             xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmp:CreateDate="2020-02-02">
            <dc:creator><rdf:Seq><rdf:li>A. Radiographer</rdf:li></rdf:Seq></dc:creator></rdf:Description></rdf:RDF></x:xmpmeta>
            """;

        var findings = MetadataReader.Read(Saved(
            image => image.Set(GValue.BlobType, "xmp-data", Encoding.UTF8.GetBytes(Xmp)), image => image.JpegsaveBuffer()));

        Assert.Contains(new MetadataFinding("XMP dc:creator", "A. Radiographer", "name"), findings);
        Assert.Contains(new MetadataFinding("XMP xmp:CreateDate", "2020-02-02", "date"), findings);
    }

    [Fact]
    public void TIFF_tags_are_found() => Assert.Contains(
        new MetadataFinding("EXIF Image Description", "bed 4", "text"),
        MetadataReader.Read(Saved(
            image => image.Set(GValue.GStrType, "image-description", "bed 4"), image => image.TiffsaveBuffer())));

    [Fact]
    public void A_long_value_with_line_breaks_is_one_short_line()
    {
        var finding = Assert.Single(MetadataReader.Read(Png(("Comment", "one\ntwo\0" + new string('x', 5000)))));

        Assert.StartsWith("one two", finding.Value, StringComparison.Ordinal);
        Assert.True(finding.Value.Length <= 81);
    }

    [Fact]
    public void Damaged_files_and_no_images_give_what_is_left_and_never_throw()
    {
        byte[][] whole =
        [
            Jpeg(("exif-ifd0-Artist", "Dr A. Example"), ("exif-ifd3-GPSLatitude", "51/1 30/1 0/1")),
            Png(("Comment", "text"), ("Author", "Bob")),
            Saved(image => image.Set(GValue.GStrType, "image-description", "bed 4"), image => image.TiffsaveBuffer()),
            ZipFiles.Png(3, 3),
        ];
        var change = from file in Gen.Choose(0, whole.Length - 1)
                     from places in Gen.Choose(0, 400).ListOf(8)
                     from values in Gen.Choose(0, 255).ListOf(8)
                     from length in Gen.Choose(0, 2000)
                     select (file, places, values, length);
        Prop.ForAll(Arb.From(change), c =>
        {
            var bytes = whole[c.file].Take(c.length).ToArray();
            foreach (var (place, value) in c.places.Zip(c.values))
            {
                if (place < bytes.Length) bytes[place] = (byte)value;
            }
            return MetadataReader.Read(bytes).All(finding => finding.Value.Length is > 0 and <= 81);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));
    }

    private static byte[] Jpeg(params (string Name, string Value)[] fields) => Saved(
        image => Array.ForEach(fields, field => image.Set(GValue.GStrType, field.Name, field.Value)),
        image => image.JpegsaveBuffer());

    private static byte[] CompressedText(string key, byte[] text)
    {
        var packed = new MemoryStream();
        using (var deflate = new ZLibStream(packed, CompressionLevel.Optimal)) deflate.Write(text);
        return WithChunks(Chunk("zTXt", $"{key}\0\0{Encoding.Latin1.GetString(packed.ToArray())}"));
    }

    private static byte[] Png(params (string Key, string Value)[] texts) =>
        WithChunks([.. texts.SelectMany(text => Chunk("tEXt", $"{text.Key}\0{text.Value}"))]);

    private static byte[] WithChunks(byte[] chunks)
    {
        const int AfterHeader = 8 + 25;
        var plain = ZipFiles.Png(4, 4);
        return [.. plain[..AfterHeader], .. chunks, .. plain[AfterHeader..]];
    }

    private static byte[] Chunk(string type, string data)
    {
        var body = Encoding.Latin1.GetBytes(type + data);
        return [.. BigEndian((uint)data.Length), .. body, .. BigEndian(System.IO.Hashing.Crc32.HashToUInt32(body))];
    }

    private static byte[] BigEndian(uint value) => [(byte)(value >> 24), (byte)(value >> 16), (byte)(value >> 8), (byte)value];

    private static byte[] WithComment(byte[] jpeg, string comment) =>
        [.. jpeg[..2], 0xFF, 0xFE, 0, (byte)(comment.Length + 2), .. Encoding.ASCII.GetBytes(comment), .. jpeg[2..]];

    private static byte[] Saved(Action<MutableImage> set, Func<Image, byte[]> save)
    {
        using var black = Image.Black(4, 4);
        using var image = black.Mutate(set);
        return save(image);
    }
}
