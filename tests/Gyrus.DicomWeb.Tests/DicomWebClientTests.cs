using Gyrus.Dicom.Parsing;
using Gyrus.Testing;
using Polly;
using Xunit;

namespace Gyrus.DicomWeb.Tests;

/// <summary>The client and a real archive.</summary>
public sealed class DicomWebClientTests : IDisposable
{
    private static readonly (byte, byte, byte) Green = (0, 255, 0);

    private readonly TempFolder _temp = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _temp.Dispose();

    [Fact]
    public async Task Studies_are_found_their_series_fetched_and_objects_stored_once()
    {
        using var orthanc = await OrthancServer.Start();
        using var client = Client(orthanc, ResiliencePipeline.Empty);
        byte[][] files = [.. Enumerable.Range(1, 5).Select(i => new WrittenSlice("1.2.3", "1.2.3.1").Bytes(i, i, Green)), new WrittenSlice("1.2.4", "1.2.4.1") { Modality = "CT" }.Bytes(1, 0, Green)];

        await client.Store(files, Cancel);
        await client.Store(files, Cancel);

        Assert.Equal(6, await orthanc.Count("CountInstances"));
        Assert.Equal(["1.2.3", "1.2.4"], (await client.FindStudies("", Cancel)).Select(study => study.StudyUid).Order());
        Assert.Equal(["1.2.4"], (await client.FindStudies(ArchiveQuery.Parse("ModalitiesInStudy=CT"), Cancel)).Select(study => study.StudyUid));
        Assert.Empty(await client.FindStudies(ArchiveQuery.Parse("ModalitiesInStudy=US"), Cancel));
        Assert.Equal([new ArchiveEntry("1.2.3", "1.2.3.1", "MR")], await client.FindSeries("1.2.3", Cancel));
        Assert.Equal(5, await client.FetchSeries("1.2.3", "1.2.3.1", _temp.Path, Cancel));
        Assert.Equal(
            files.Take(5).Select(file => DicomFile.Parse("x", file).Data.Text(DicomTags.SopInstanceUid)).Order(),
            Directory.GetFiles(_temp.Path).Select(path => DicomFile.Read(path).Data.Text(DicomTags.SopInstanceUid)).Order());
    }

    [Fact]
    public async Task More_studies_than_a_page_are_all_found()
    {
        using var orthanc = await OrthancServer.Start();
        using var client = Client(orthanc, ResiliencePipeline.Empty);
        await client.Store([.. Enumerable.Range(1, 205).Select(i => new WrittenSlice($"1.3.{i}", $"1.3.{i}.1").Bytes(i, 0, Green))], Cancel);

        Assert.Equal(205, (await client.FindStudies("", Cancel)).Select(study => study.StudyUid).Distinct().Count());
    }

    [Fact]
    public async Task An_archive_that_is_killed_and_started_again_is_waited_for()
    {
        using var orthanc = await OrthancServer.Start();
        List<string> waits = [];
        using var client = Client(orthanc, ArchiveRetry.Pipeline(ArchiveRetry.UsualRetries, waits.Add));
        await client.Store([new WrittenSlice("1.2.3", "1.2.3.1").Bytes(1, 0, Green)], Cancel);
        orthanc.Kill();

        var store = client.Store([new WrittenSlice("1.2.3", "1.2.3.1").Bytes(1, 0, Green), new WrittenSlice("1.2.3", "1.2.3.1").Bytes(2, 5, Green)], Cancel);
        await Task.Delay(1500, Cancel);
        await orthanc.Restart();
        await store;

        Assert.Equal(2, await orthanc.Count("CountInstances"));
        Assert.Contains("asking again in", waits[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_archive_refuses_is_said_at_once()
    {
        using var orthanc = await OrthancServer.Start();
        List<string> waits = [];
        using var stranger = new DicomWebClient(ArchiveAddress.Parse(orthanc.Archive, _ => null), ArchiveRetry.Pipeline(3, waits.Add));
        using var elsewhere = new DicomWebClient(ArchiveAddress.Parse(orthanc.Archive + "x", Known), ArchiveRetry.Pipeline(3, waits.Add));

        Assert.Contains("wants to know who asks", (await Assert.ThrowsAsync<GyrusException>(() => stranger.FindStudies("", Cancel))).Message, StringComparison.Ordinal);
        Assert.Contains("no such study or service (404)", (await Assert.ThrowsAsync<GyrusException>(() => elsewhere.FindStudies("", Cancel))).Message, StringComparison.Ordinal);
        Assert.Empty(waits);
    }

    [Fact]
    public async Task Nobody_there_is_said_with_the_address()
    {
        using var client = new DicomWebClient(ArchiveAddress.Parse("dicomweb:http://127.0.0.1:9/dicom-web", _ => null), ResiliencePipeline.Empty);

        var error = await Assert.ThrowsAsync<GyrusException>(() => client.FindStudies("", Cancel));

        Assert.StartsWith("http://127.0.0.1:9/dicom-web/: the archive does not answer", error.Message, StringComparison.Ordinal);
    }

    private static DicomWebClient Client(OrthancServer orthanc, ResiliencePipeline retry) => new(ArchiveAddress.Parse(orthanc.Archive, Known), retry);

    private static string? Known(string variable) => variable switch
    {
        ArchiveAddress.UserVariable => OrthancServer.User,
        ArchiveAddress.PasswordVariable => OrthancServer.Password,
        _ => null,
    };
}
