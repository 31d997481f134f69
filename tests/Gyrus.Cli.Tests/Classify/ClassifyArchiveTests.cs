using System.Text.Json;
using Gyrus.Cli.Terminal;
using Gyrus.DicomWeb;
using Gyrus.Testing;
using Gyrus.Testing.Models;
using Xunit;

namespace Gyrus.Cli.Tests.Classify;

/// <summary>From a real archive to a report in it.</summary>
public sealed class ClassifyArchiveTests : IDisposable
{
    private static readonly (byte, byte, byte) Green = (0, 255, 0), Blue = (0, 0, 255);

    private readonly TempFolder _temp = new();

    public ClassifyArchiveTests() => ColourModel.Write(_temp.File("model"));

    public void Dispose() => _temp.Dispose();

    [Fact]
    public async Task Studies_are_answered_and_their_reports_are_in_the_archive_once()
    {
        using var orthanc = await OrthancServer.Start();
        await Fill(orthanc);
        string[] arguments = [orthanc.Archive, "--query", "ModalitiesInStudy=MR", "--store", orthanc.Archive, "--format", "json"];

        var first = await Classify(arguments);
        int objects = await orthanc.Count("CountInstances");
        var second = await Classify(arguments);

        Assert.Equal(ExitCode.Success, first.ExitCode);
        var studies = first.Lines.Select(line => JsonDocument.Parse(line).RootElement).ToDictionary(study => study.GetProperty("study").GetString()!);
        Assert.Equal(("tumour", "healthy"), (studies["1.2.3"].GetProperty("verdict").GetString(), studies["1.2.4"].GetProperty("verdict").GetString()));
        Assert.EndsWith("/dicom-web/studies/1.2.3", studies["1.2.3"].GetProperty("path").GetString(), StringComparison.Ordinal);
        Assert.EndsWith(
            "/dicom-web/studies/1.2.3/series/1.2.3.1/instances/1.2.3.1.4",
            studies["1.2.3"].GetProperty("series")[0].GetProperty("carrying").EnumerateArray().Select(slice => slice.GetProperty("path").GetString()!).Order().ElementAt(1), StringComparison.Ordinal);
        // Two reports, three heat maps of the tumour and some of the place in the other study that is nearest to one.
        Assert.Equal(["MR", "MR", "OT", "OT", "SR", "SR"], await orthanc.Modalities());
        Assert.True(objects >= 16 + 2 + 3, $"{objects}");
        Assert.Equal(ExitCode.Success, second.ExitCode);
        Assert.Equal(objects, await orthanc.Count("CountInstances"));
        Assert.Contains("it is of the modality SR, not CT or MR", second.Lines[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_archive_killed_in_the_middle_loses_nothing_and_has_nothing_twice()
    {
        using var orthanc = await OrthancServer.Start();
        await Fill(orthanc);
        using var process = GyrusProcess.Start(
            ["classify", orthanc.Archive, "--model", "model", "--query", "ModalitiesInStudy=MR", "--store", orthanc.Archive, "--out", "answers.jsonl"], _temp.Path, Environment);

        for (int tries = 0; tries < 6000 && !process.HasExited && (!File.Exists(_temp.File("answers.jsonl")) || new FileInfo(_temp.File("answers.jsonl")).Length == 0); tries++)
            await Task.Delay(5, TestContext.Current.CancellationToken);
        orthanc.Kill();
        await Task.Delay(1000, TestContext.Current.CancellationToken);
        await orthanc.Restart();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(ExitCode.Success, process.ExitCode);
        Assert.Equal(["1.2.3", "1.2.4"], File.ReadAllLines(_temp.File("answers.jsonl")).Select(line => JsonDocument.Parse(line).RootElement.GetProperty("study").GetString()).Order());
        Assert.Equal(["MR", "MR", "OT", "OT", "SR", "SR"], await orthanc.Modalities());
        var again = await Classify([orthanc.Archive, "--query", "ModalitiesInStudy=MR", "--store", orthanc.Archive, "--out", "answers.jsonl", "--resume"]);
        Assert.Equal(ExitCode.Success, again.ExitCode);
        Assert.Equal(2, File.ReadAllLines(_temp.File("answers.jsonl")).Length);
    }

    [Theory]
    [InlineData("Say which studies of the archive are meant", "dicomweb:http://127.0.0.1:9/")]
    [InlineData("go with an archive", "x.dcm", "--study", "1.2")]
    [InlineData("Name one archive", "dicomweb:http://127.0.0.1:9/", "x.dcm", "--study", "1.2")]
    [InlineData("is no UID", "dicomweb:http://127.0.0.1:9/", "--study", "../x")]
    [InlineData("An archive answers by study", "dicomweb:http://127.0.0.1:9/", "--study", "1.2", "--level", "slice")]
    public async Task What_names_no_studies_is_refused(string reason, params string[] arguments)
    {
        var outcome = await Classify(arguments);

        Assert.Equal(ExitCode.UserError, outcome.ExitCode);
        Assert.Contains(reason, outcome.Error);
    }

    private static readonly Dictionary<string, string> Environment = new()
    {
        [ArchiveAddress.UserVariable] = OrthancServer.User,
        [ArchiveAddress.PasswordVariable] = OrthancServer.Password,
    };

    private static async Task Fill(OrthancServer orthanc)
    {
        for (int i = 0; i < 8; i++)
        {
            await orthanc.Upload(new WrittenSlice("1.2.3", "1.2.3.1").Bytes(i + 1, 5 * i, i is 2 or 3 or 4 ? Blue : Green));
            await orthanc.Upload(new WrittenSlice("1.2.4", "1.2.4.1").Bytes(i + 1, 5 * i, Green));
        }
    }

    private Task<Outcome> Classify(IEnumerable<string> arguments) =>
        GyrusProcess.Run(["classify", "--model", "model", .. arguments], TestContext.Current.CancellationToken, _temp.Path, environment: Environment);
}
