using Gyrus.Cli.Terminal;
using Gyrus.Testing;
using Gyrus.Testing.Models;
using Xunit;

namespace Gyrus.Cli.Tests.Classify;

/// <summary>Reports of real head series, which the validators of other projects read.</summary>
public sealed class ReportTests : IDisposable
{
    private readonly TempFolder _temp = new();

    public void Dispose() => _temp.Dispose();

    [Theory]
    [InlineData("nichart_t1", 1)]
    [InlineData("dcm_qa_ct", 2)]
    public async Task Reports_and_captures_are_valid(string folder, int studies)
    {
        var shared = TestFiles.Shared("dicom");
        PeerProgram.Require("dciodvfy");
        PeerProgram.Require("dsrdump");

        var outcome = await GyrusProcess.Run(
            ["classify", Path.Combine(shared, folder), "--report", "reports", "--uid-root", "1.2.826.0.1.3680043.8.498"], TestContext.Current.CancellationToken, _temp.Path);

        Assert.Equal(ExitCode.Success, outcome.ExitCode);
        string[] files = Directory.GetFiles(_temp.File("reports"), "*.dcm", SearchOption.AllDirectories);
        Assert.Equal(studies, Directory.GetDirectories(_temp.File("reports")).Length);
        int reports = 0, captures = 0;
        foreach (var file in files)
        {
            var said = Run("dciodvfy", file);
            Assert.DoesNotContain("Error", said, StringComparison.Ordinal);
            if (said.Contains("SCImage", StringComparison.Ordinal)) captures++;
            if (!said.Contains("ComprehensiveSR", StringComparison.Ordinal)) continue;
            reports++;
            var dump = Run("dsrdump", file);
            Assert.Contains("Imaging Measurement Report", dump, StringComparison.Ordinal);
            Assert.Contains("Research software", dump, StringComparison.Ordinal);
        }
        Assert.Equal(studies, reports);
        Assert.Equal(files.Length - studies, captures);
        Assert.True(captures >= studies, $"{captures} captures");
    }

    [Fact]
    public async Task A_volume_that_names_no_study_has_an_answer_and_no_report()
    {
        var outcome = await GyrusProcess.Run(
            ["classify", Path.Combine(TestFiles.Shared("dicom"), "nifti_brainlesion"), "--report", "reports"], TestContext.Current.CancellationToken, _temp.Path);

        Assert.Equal(ExitCode.SomeUnreadable, outcome.ExitCode);
        Assert.Contains("a report names DICOM objects, and this is none", outcome.Error);
        Assert.Equal(3, outcome.Lines.Length);
        Assert.False(Directory.Exists(_temp.File("reports")));
    }

    [Theory]
    [InlineData("goes with --report DIR or --store", "--uid-root", "1.2.3")]
    [InlineData("'1.02' is no root of UIDs", "--report", "r", "--uid-root", "1.02")]
    [InlineData("--report and --store are of studies", "--report", "r", "--level", "slice")]
    public async Task Options_that_mean_nothing_are_refused(string reason, params string[] options)
    {
        ColourModel.Write(_temp.File("model"));

        var outcome = await GyrusProcess.Run(["classify", "x.dcm", "--model", "model", .. options], TestContext.Current.CancellationToken, _temp.Path);

        Assert.Equal(ExitCode.UserError, outcome.ExitCode);
        Assert.Contains(reason, outcome.Error);
    }

    private static string Run(string program, string file)
    {
        var (output, error) = PeerProgram.Run(program, [file]);
        return output + error;
    }
}
