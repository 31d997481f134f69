using System.Text.RegularExpressions;
using Gyrus.DicomWeb;
using Gyrus.Server.Studies;
using Gyrus.Testing;
using Xunit;

namespace Gyrus.Server.Tests.Studies;

/// <summary>An archive that sends each study by the rule of docs/dicom.md, and gets its report.</summary>
public sealed partial class StudyReportTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Each_new_study_is_sent_answered_and_reported_once_an_archive_that_was_away_notwithstanding()
    {
        File.WriteAllText(_folder.File("rule.lua"), Rule().Match(File.ReadAllText(Path.Combine(TestFiles.Root, "docs", "dicom.md"))).Groups[1].Value);
        // The two name each other: the archive's port is known once it is there, the service's once that is.
        int port = OrthancServer.FreePort();
        using var orthanc = await OrthancServer.Start(_folder.File("rule.lua"), new Uri($"http://127.0.0.1:{port}/v1/dicom-web/"));
        await using var service = await RunningService.Start(_folder, options => options with
        {
            Urls = [$"http://127.0.0.1:{port}"],
            Studies = new StudyOptions(_folder.File("spool"))
            {
                Quiet = TimeSpan.FromSeconds(2),
                Archive = ArchiveAddress.Parse(orthanc.Archive, variable => variable switch
                {
                    ArchiveAddress.UserVariable => OrthancServer.User,
                    ArchiveAddress.PasswordVariable => OrthancServer.Password,
                    _ => null,
                }),
            },
        });

        foreach (var slice in StudyTests.Slices(0, 8)) await orthanc.Upload(slice);
        for (int tries = 0; tries < 600 && (!Directory.Exists(_folder.File("spool/studies/1.2.3")) || Directory.GetFiles(_folder.File("spool/studies/1.2.3")).Length < 8); tries++)
            await Task.Delay(50, TestContext.Current.CancellationToken);
        orthanc.Kill();
        await Task.Delay(3000, TestContext.Current.CancellationToken);
        await orthanc.Restart();
        var answer = await StudyTests.Answer(service, "1.2.3", 8);

        Assert.True(answer.GetProperty("reported").GetBoolean());
        Assert.Equal(["MR", "OT", "SR"], await orthanc.Modalities());
        Assert.Equal(8 + 1 + 3, await orthanc.Count("CountInstances"));
        // The report makes the study new in the archive once more, and changes nothing.
        await Task.Delay(5000, TestContext.Current.CancellationToken);
        Assert.Equal(8 + 1 + 3, await orthanc.Count("CountInstances"));
    }

    [GeneratedRegex("```lua\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Rule();
}
