using System.Globalization;
using System.Text.Json;
using CsvHelper;
using Gyrus.Cli.Terminal;
using Gyrus.Dicom.Parsing;
using Gyrus.Testing;
using Gyrus.Testing.Models;
using Xunit;

namespace Gyrus.Cli.Tests.Classify;

/// <summary>Two studies in a folder as an archive writes it: names without an extension, beside a picture and a text.</summary>
public sealed class ClassifyStudyTests : IDisposable
{
    private static readonly (byte, byte, byte) Green = (0, 255, 0), Blue = (0, 0, 255);

    private readonly TempFolder _temp = new();

    public ClassifyStudyTests()
    {
        ColourModel.Write(_temp.File("model"));
        Directory.CreateDirectory(_temp.File("archive/A"));
        Directory.CreateDirectory(_temp.File("archive/B"));
        for (int i = 0; i < 6; i++)
        {
            File.WriteAllBytes(_temp.File($"archive/A/IM{i:0000}"), new WrittenSlice("1", "1.1").Bytes(i + 1, 5 * i, i is 2 or 3 or 4 ? Blue : Green));
            File.WriteAllBytes(_temp.File($"archive/B/IM{i:0000}"), new WrittenSlice("2", "2.1").Bytes(i + 1, 5 * i, Green));
        }
        File.WriteAllBytes(_temp.File("archive/B/SCOUT"), new WrittenSlice("2", "2.2") { Description = "Scout" }.Bytes(1, 0, Blue));
        TestImage.Write(_temp.File("archive/thumbnail.png"), 255, 0, 0);
        File.WriteAllText(_temp.File("archive/README.txt"), "");
    }

    public void Dispose() => _temp.Dispose();

    [Fact]
    public async Task A_folder_of_dicom_is_answered_by_study_with_its_series_below()
    {
        var outcome = await Classify(["archive"]);

        Assert.Equal(ExitCode.Success, outcome.ExitCode);
        Assert.Equal(6, outcome.Lines.Length);
        Assert.Matches(@"^tumour +\d+\.\d % +study of archive/A/IM0000$", outcome.Lines[1]);
        Assert.Matches(@"^  tumour +\d+\.\d % +MR +t1 +axial +6  AX T1  \(most on IM000[234], IM000[234], IM000[234]\)$", outcome.Lines[2]);
        Assert.Matches(@"^no tumour +\d+\.\d % +study of archive/B/IM0000$", outcome.Lines[3]);
        Assert.Matches(@"^  left out +MR +axial +1  Scout  \(Left out: it is a localizer, by which others were planned\.\)$", outcome.Lines[5]);
        Assert.Contains("1 file is neither DICOM nor NIfTI and of no series, archive/thumbnail.png first; --level slice answers each image.", outcome.Error);
        Assert.Contains("what series are worth was not measured", outcome.Error);
        Assert.Contains("Research software, not a medical device.", outcome.Error);
    }

    [Fact]
    public async Task Json_of_a_study_holds_its_series_and_the_slices_that_carry_them()
    {
        var outcome = await Classify(["archive", "--format", "json", "--heatmap", "maps"]);

        Assert.Equal(ExitCode.Success, outcome.ExitCode);
        var study = JsonDocument.Parse(outcome.Lines[0]).RootElement;
        Assert.Equal(
            ["path", "study", "tumour", "threshold", "verdict", "accepted", "reason", "series"], study.EnumerateObject().Select(field => field.Name));
        Assert.Equal(("1", "tumour"), (study.GetProperty("study").GetString(), study.GetProperty("verdict").GetString()));
        var series = study.GetProperty("series")[0];
        Assert.Equal(
            [
                "path", "study", "series", "description", "modality", "modalitySeen", "sequence", "sequenceSeen", "plane", "spacing", "slices", "counted", "tumour", "threshold",
                "verdict", "type", "accepted", "reason", "carrying",
            ],
            series.EnumerateObject().Select(field => field.Name));
        Assert.Equal(("mr", "mr", 5.0, 6), (series.GetProperty("modality").GetString(), series.GetProperty("modalitySeen").GetString(), series.GetProperty("spacing").GetDouble(), series.GetProperty("counted").GetInt32()));
        Assert.Equal(3, series.GetProperty("carrying").GetArrayLength());
        Assert.All(series.GetProperty("carrying").EnumerateArray(), slice => Assert.True(File.Exists(_temp.File(slice.GetProperty("heatmap").GetString()!))));
    }

    [Fact]
    public async Task Levels_give_rows_of_series_and_of_slices()
    {
        var series = await Classify(["archive", "--level", "series", "--format", "csv"]);
        var slices = await Classify(["archive", "--level", "slice", "--format", "csv"]);

        using var csv = new CsvReader(new StringReader(series.Output), CultureInfo.InvariantCulture);
        var rows = csv.GetRecords<dynamic>().Cast<IDictionary<string, object>>().ToList();
        Assert.Equal(["1.1", "2.1", "2.2"], rows.Select(row => row["series"]));
        Assert.Equal(["tumour", "healthy", ""], rows.Select(row => row["verdict"]));
        Assert.Equal(1 + 13 + 1, slices.Lines.Length);
        Assert.StartsWith("archive/A/IM0002,mri_glioma,", slices.Lines[3], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Answers_that_were_cut_off_go_on_with_the_next_study()
    {
        var whole = await Classify(["archive", "--out", "whole.jsonl"]);
        Assert.Equal(ExitCode.Success, whole.ExitCode);
        var bytes = File.ReadAllBytes(_temp.File("whole.jsonl"));
        File.WriteAllBytes(_temp.File("cut.jsonl"), bytes[..(bytes.Length * 2 / 3)]);

        await Classify(["archive", "--out", "cut.jsonl", "--resume"]);
        var slices = await Classify(["archive", "--level", "slice", "--out", "cut.jsonl", "--resume"]);

        Assert.Equal(bytes, File.ReadAllBytes(_temp.File("cut.jsonl")));
        Assert.Equal(ExitCode.UserError, slices.ExitCode);
        Assert.Contains("level study", slices.Error);
    }

    [Fact]
    public async Task A_dicomdir_names_the_files_of_its_medium()
    {
        var directory = WrittenDicom.File(TransferSyntax.ExplicitLittleEndian, data => data.Sequence(
            DicomTags.DirectoryRecordSequence, isDelimited: false,
            [.. Enumerable.Range(0, 6).Select(i => (Action<WrittenDicom>)(record => record.Text(DicomTags.ReferencedFileId, "CS", $"A\\IM{i:0000}")))]), mediaClass: "1.2.840.10008.1.3.10");
        File.WriteAllBytes(_temp.File("archive/DICOMDIR"), directory);

        var outcome = await Classify(["archive/DICOMDIR", "--format", "json"]);
        var folder = await Classify(["archive", "--format", "json"]);

        Assert.Equal(ExitCode.Success, outcome.ExitCode);
        Assert.Equal("1", JsonDocument.Parse(Assert.Single(outcome.Lines)).RootElement.GetProperty("study").GetString());
        Assert.Equal(2, folder.Lines.Length);
    }

    [Fact]
    public async Task A_folder_of_pictures_is_answered_by_image_and_has_no_studies()
    {
        var images = await Classify(["archive/thumbnail.png", "--format", "json"]);
        var study = await Classify(["archive/thumbnail.png", "--level", "study", "--format", "json"]);

        Assert.Contains("ct_tumor", images.Lines[0]);
        Assert.Equal(ExitCode.SomeUnreadable, study.ExitCode);
        Assert.Contains("there is no DICOM or NIfTI file here", study.Error);
    }

    [Theory]
    [InlineData("lung", "'lung' is no window. Give centre and width, as 40,80, or one of brain, subdural, stroke, bone, soft.")]
    [InlineData("40,0", "is no window")]
    public async Task A_window_that_is_none_is_refused(string window, string reason)
    {
        var outcome = await Classify(["archive", "--window", window]);

        Assert.Equal(ExitCode.UserError, outcome.ExitCode);
        Assert.Contains(reason, outcome.Error);
    }

    private Task<Outcome> Classify(IEnumerable<string> arguments) =>
        GyrusProcess.Run(["classify", "--model", "model", .. arguments], TestContext.Current.CancellationToken, _temp.Path);
}
