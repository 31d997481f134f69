using System.Text.Json;
using Gyrus.Cli.Terminal;
using Gyrus.Dicom.Parsing;
using Gyrus.Dicom.Writing;
using Gyrus.Testing;
using Xunit;

namespace Gyrus.Cli.Tests.Data;

public sealed class DeidentifyCommandTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Deidentify_prints_what_became_of_attributes()
    {
        Write("in/Miller/a.dcm", "CT");

        var outcome = await Run("in", "out");

        Assert.Equal((ExitCode.Success, ""), (outcome.ExitCode, outcome.Error));
        Assert.Equal(["attribute", "removed", "emptied", "replaced", "kept"], outcome.Lines[0].Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains(outcome.Lines, line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries) is ["(0010,0030)", "PatientBirthDate", "-", "1", "-", "-"]);
        Assert.Equal("out: 1 file of 1 patient, 1 study and 1 series written, 0 left out, 0 that hold no object", outcome.Lines[^2]);
        Assert.Equal(Path.Combine("out", "report.json"), outcome.Lines[^1]);
        Assert.DoesNotContain("Miller", outcome.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Deidentify_tells_what_it_left_out_and_exits_with_3()
    {
        Write("in/a.dcm", "CT");
        Write("in/b.dcm", "US");

        var outcome = await Run("in", "out", "--secret", "project.key", "--keep-descriptions", "--format", "json");

        Assert.Equal(ExitCode.SomeUnreadable, outcome.ExitCode);
        Assert.Contains("project.key: a new secret.", outcome.Error, StringComparison.Ordinal);
        Assert.Contains("Read them before you pass the copies on.", outcome.Error, StringComparison.Ordinal);
        using var json = JsonDocument.Parse(outcome.Output);
        Assert.Equal(1, json.RootElement.GetProperty("written").GetInt32());
        Assert.Equal(File.ReadAllText(_folder.File("out/report.json")), outcome.Output);

        var again = await Run("in", "out", "--secret", "project.key");
        Assert.Equal(ExitCode.SomeUnreadable, again.ExitCode);
        Assert.Contains($"left out: {Path.Combine(_folder.Path, "in", "b.dcm")}: neither CT nor MR", again.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Deidentify_without_a_secret_does_not_write_beside_other_files()
    {
        Write("in/a.dcm", "CT");
        await Run("in", "out");

        var outcome = await Run("in", "out");

        Assert.Equal(ExitCode.UserError, outcome.ExitCode);
        Assert.Contains("files are there already", outcome.Error, StringComparison.Ordinal);
    }

    private Task<Outcome> Run(params string[] arguments) => GyrusProcess.Run(["data", "deidentify", .. arguments], TestContext.Current.CancellationToken, _folder.Path);

    private void Write(string name, string modality)
    {
        var data = new DatasetBuilder()
            .Text(DicomTags.SopClassUid, "1.2.840.10008.5.1.4.1.1.2").Text(DicomTags.SopInstanceUid, $"1.2.3.{name.Length}").Text(DicomTags.Modality, modality)
            .Text(DicomTags.StudyInstanceUid, "1.2.3").Text(DicomTags.SeriesInstanceUid, "1.2.3.0")
            .Text(DicomTags.PatientName, "Miller^Ann").Text(DicomTags.PatientId, "H4711").Text(DicomTags.PatientBirthDate, "19800101")
            .Build();
        Directory.CreateDirectory(Path.GetDirectoryName(_folder.File(name))!);
        File.WriteAllBytes(_folder.File(name), DicomWriter.File(data, TransferSyntax.ExplicitLittleEndian));
    }
}
