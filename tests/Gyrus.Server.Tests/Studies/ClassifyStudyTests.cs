using System.Net;
using Gyrus.Imaging.Decoding;
using Gyrus.Imaging.Labels;
using Gyrus.Inference;
using Gyrus.Server.Classification;
using Gyrus.Server.Studies;
using Gyrus.Server.Telemetry;
using Gyrus.Testing;
using Gyrus.Testing.Models;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace Gyrus.Server.Tests.Studies;

/// <summary>Studies whose files come in a form.</summary>
public sealed class ClassifyStudyTests : IDisposable
{
    private const string Path = "/v1/classify-study";

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static (string Name, byte[] Bytes)[] Files => [.. StudyTests.Slices(0, 8).Select((bytes, i) => ($"Doe^Jane/IM{i}", bytes))];

    [Fact]
    public async Task A_study_is_answered_with_each_of_its_slices_in_order_through_the_head()
    {
        await using var service = await RunningService.Start(_folder);

        var answer = await (await Send(service, Path, [.. Files.Reverse(), ("notes.txt", "hello"u8.ToArray())])).Json();

        var study = Assert.Single(answer.GetProperty("studies").EnumerateArray());
        Assert.Equal(("1.2.3", "tumour", true), (study.GetProperty("study").GetString(), study.GetProperty("verdict").GetString(), study.GetProperty("accepted").GetBoolean()));
        var series = Assert.Single(study.GetProperty("series").EnumerateArray());
        var slices = series.GetProperty("answers").EnumerateArray().ToList();
        Assert.Equal(Enumerable.Range(0, 8).Select(i => $"IM{i}"), slices.Select(slice => slice.GetProperty("path").GetString()));
        Assert.Equal([7, 6, 5, 4, 3, 2, 1, 0], slices.Select(slice => slice.GetProperty("file").GetInt32()));
        Assert.Equal([2, 3, 4], Enumerable.Range(0, 8).Where(i => slices[i].GetProperty("tumour").GetDouble() > 0.5));
        Assert.All(slices, slice => Assert.True(slice.GetProperty("counts").GetBoolean() && !slice.TryGetProperty("heatmap", out _)));
        Assert.Equal(["IM2", "IM3", "IM4"], series.GetProperty("carrying").EnumerateArray().Select(slice => slice.GetProperty("path").GetString()));
        Assert.Equal("notes.txt", Assert.Single(answer.GetProperty("others").EnumerateArray()).GetString());
        Assert.Empty((await (await service.Get("/v1/results")).Json()).GetProperty("results").EnumerateArray());
    }

    [Fact]
    public async Task Evidence_comes_as_numbers_with_its_place_and_one_scale_for_a_series()
    {
        await using var service = await RunningService.Start(_folder);

        var answer = await (await Send(service, Path + "?heatmap=true", Files)).Json();

        var series = answer.GetProperty("studies")[0].GetProperty("series")[0];
        var maps = series.GetProperty("answers").EnumerateArray().Select(slice => slice.GetProperty("heatmap")).ToList();
        double limit = series.GetProperty("heatmapLimit").GetDouble();
        Assert.All(maps, map =>
        {
            Assert.Equal(map.GetProperty("width").GetInt32() * map.GetProperty("height").GetInt32(), map.GetProperty("values").GetArrayLength());
            Assert.All(map.GetProperty("values").EnumerateArray(), value => Assert.InRange(value.GetDouble(), -limit, limit));
            Assert.Equal(4, map.GetProperty("area").GetArrayLength());
        });
        // The least that there is: the colour model's evidence is weak.
        Assert.Equal(0.1, limit);
        Assert.True(maps.Select(map => map.GetProperty("values")[0].GetDouble()).Distinct().Count() > 1);
    }

    [Fact]
    public async Task A_NIfTI_volume_is_answered_under_its_own_name()
    {
        await using var service = await RunningService.Start(_folder);

        var answer = await (await Send(service, Path, ("a.txt", [1]), ("head.nii.gz", WrittenNifti.Bytes((64, 60, 12), (3, 3, 8), (_, _, z) => z)))).Json();

        var series = Assert.Single(answer.GetProperty("studies")[0].GetProperty("series").EnumerateArray());
        Assert.Equal(
            ("head.nii.gz", "head.nii.gz", "head.nii.gz#axial", "axial", 12),
            (series.GetProperty("description").GetString(), series.GetProperty("study").GetString(), series.GetProperty("series").GetString(),
                series.GetProperty("plane").GetString(), series.GetProperty("slices").GetInt32()));
        Assert.Equal((1, 1), (series.GetProperty("answers")[0].GetProperty("file").GetInt32(), series.GetProperty("answers")[0].GetProperty("frame").GetInt32()));
        Assert.DoesNotContain("at-work", answer.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_of_a_study_is_left_and_no_name_is_logged()
    {
        await using var service = await RunningService.Start(_folder);
        using var log = new LoggedLines();
        service.Services.GetRequiredService<ILoggerFactory>().AddProvider(log);

        await Send(service, Path, Files);
        await Send(service, Path, ("Doe^Jane.dcm", Files[0].Bytes[..400]), ("Doe^Jane.nii", "\0\0\0\0n+2\0\r\n\x1a\n"u8.ToArray()));

        Assert.Empty(Left(service));
        Assert.NotEmpty(log.All);
        Assert.DoesNotContain(log.All, line => line.Contains("Doe", StringComparison.Ordinal) || line.Contains("Test^", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_cannot_be_read_is_told_by_the_name_that_it_was_sent_under()
    {
        await using var service = await RunningService.Start(_folder);

        var some = await (await Send(service, Path, [.. Files, ("cut.nii.gz", WrittenNifti.Bytes((60, 60, 12), (3, 3, 8), (x, y, z) => x * y * z)[..^2000])])).Json();
        var cutPixels = await (await Send(service, Path, [.. Files[..7], ("short.dcm", Files[7].Bytes[..^5000])])).Json();
        var none = await Send(service, Path, ("notes.txt", "hello"u8.ToArray()));

        Assert.StartsWith("cut.nii.gz: ", Assert.Single(some.GetProperty("faults").EnumerateArray()).GetString(), StringComparison.Ordinal);
        Assert.Equal(1, cutPixels.ToString().Split("short.dcm: ").Length - 1);
        Assert.DoesNotContain("at-work", some.ToString() + cutPixels, StringComparison.Ordinal);
        Assert.Contains("None of the files", await none.Problem(422), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Limits_are_told_before_and_after_the_files_are_read()
    {
        await using var service = await RunningService.Start(_folder, options => options with { LargestStudy = 100_000, MostStudyImages = 8 });

        Assert.Contains("100000 bytes", await (await Send(service, Path, ("a", new byte[100_001]))).Problem(413), StringComparison.Ordinal);
        Assert.Contains("at most 8 files", await (await Send(service, Path, [.. Enumerable.Range(0, 9).Select(i => ($"{i}", new byte[10]))])).Problem(413), StringComparison.Ordinal);
        Assert.Contains("12 images", await (await Send(service, Path, ("a.nii", WrittenNifti.Bytes((60, 60, 12), (3, 3, 8), (_, _, _) => 0)))).Problem(413), StringComparison.Ordinal);
        Assert.Contains("unfolds to more", await (await Send(service, Path, ("a.nii", WrittenNifti.Bytes((100, 100, 8), (3, 3, 8), (_, _, _) => 0)))).Problem(422), StringComparison.Ordinal);
        Assert.Contains("multipart/form-data", await (await service.Send([1], "application/dicom", Path)).Problem(415), StringComparison.Ordinal);
        Assert.Contains("no file", await (await service.Post(Path, new MultipartFormDataContent { { new StringContent("x"), "a" } })).Problem(400), StringComparison.Ordinal);
        Assert.Empty(Left(service));
    }

    [Fact]
    public async Task A_study_may_be_larger_than_the_memory_for_bodies()
    {
        await using var service = await RunningService.Start(_folder, options => options with { BodyMemory = 20_000 });

        Assert.Equal(HttpStatusCode.OK, (await Send(service, Path, Files)).StatusCode);
    }

    [Fact]
    public async Task A_model_that_tells_no_tumours_has_no_answer_to_studies()
    {
        LabelSet labels = new([new ScanLabel("cat"), new ScanLabel("dog")]);
        await using var service = await RunningService.Start(_folder, options => options with { Model = ColourModel.Write(_folder.File("own"), labels, "cat", "dog").Folder });

        Assert.Contains("do not tell tumours", await (await Send(service, Path, Files)).Problem(422), StringComparison.Ordinal);
    }

    [Fact]
    public async Task More_studies_than_may_be_at_work_are_busy_and_those_of_callers_who_go_leave_nothing()
    {
        await using var service = await RunningService.Start(_folder);
        using var going = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var slow = Enumerable.Range(0, StudyAnswering.MostAtWork).Select(_ => service.Client.PostAsync(Path, new Endless(), going.Token)).ToList();
        while (Left(service).Count() < slow.Count) await Task.Delay(20, Cancel);

        var busy = await Send(service, Path, Files);
        await going.CancelAsync();
        await Task.WhenAll(slow.Select(task => task.ContinueWith(_ => { }, TaskScheduler.Default)));
        while (Left(service).Any()) await Task.Delay(20, Cancel);

        Assert.NotNull(busy.Headers.RetryAfter);
        await busy.Problem(503);
        Assert.Equal(HttpStatusCode.OK, (await Send(service, Path, Files)).StatusCode);
    }

    [Fact]
    public async Task An_image_of_another_goes_before_the_rest_of_a_study()
    {
        ColourModel.Write(_folder.File("model"));
        using var classifier = ScanClassifier.Open(_folder.File("model"), new ClassifierOptions(BatchSize: 1, Workers: 1));
        await using var service = await RunningService.Start(_folder);
        using var queue = new ClassificationQueue(
            classifier, batchSize: 1, workers: 1, limit: 1, TimeProvider.System, service.Services.GetRequiredService<ServiceMetrics>(), NullLogger<ClassificationQueue>.Instance);
        List<int> read = [];
        using var first = new ManualResetEventSlim();
        var study = queue.ClassifyAside(
            [.. Enumerable.Range(0, 5).Select(i => new ScanImage($"{i}", () =>
            {
                if (i == 0) first.Wait(Cancel);
                lock (read) read.Add(i);
                return new Scan(8, 8, "RGB", "png", new byte[192]);
            }))],
            Cancel);

        var alone = queue.Classify([new ScanFile("alone", File.ReadAllBytes(TestImage.Write(_folder.File("red.png"), 255, 0, 0)))], Cancel);
        first.Set();
        await alone;

        lock (read) Assert.InRange(read.Count, 1, 3);
        Assert.Equal(5, (await study).Length);
    }

    [Fact]
    public void What_a_service_left_that_was_killed_is_deleted_by_the_next_and_not_what_is_in_use()
    {
        var left = _folder.File(Environment.MachineName + "-old");
        Directory.CreateDirectory(System.IO.Path.Combine(left, "study"));
        File.WriteAllText(System.IO.Path.Combine(left, "lock"), "");
        using var running = new StudyFolders(_folder.Path);
        using var folder = running.New();

        using (new StudyFolders(_folder.Path)) Assert.True(Directory.Exists(folder.Path));

        Assert.False(Directory.Exists(left));
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(System.IO.Path.GetDirectoryName(folder.Path)!));
    }

    internal static Task<HttpResponseMessage> Send(RunningService service, string path, params (string Name, byte[] Bytes)[] files)
    {
        var form = new MultipartFormDataContent();
        foreach (var (name, bytes) in files) form.Add(new ByteArrayContent(bytes), "file", name);
        return service.Post(path, form);
    }

    /// <summary>The folders of studies that a service has now.</summary>
    private static IEnumerable<string> Left(RunningService service)
    {
        using var probe = service.Services.GetRequiredService<StudyFolders>().New();
        return [.. Directory.GetDirectories(System.IO.Path.GetDirectoryName(probe.Path)!).Where(folder => folder != probe.Path)];
    }

    /// <summary>A form whose file does not end.</summary>
    private sealed class Endless : HttpContent
    {
        public Endless() => Headers.TryAddWithoutValidation("Content-Type", "multipart/form-data; boundary=b");

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
        {
            await stream.WriteAsync("--b\r\nContent-Disposition: form-data; name=\"f\"; filename=\"a\"\r\n\r\n"u8.ToArray(), cancellationToken);
            while (true)
            {
                await stream.WriteAsync(new byte[1000], cancellationToken);
                await stream.FlushAsync(cancellationToken);
                await Task.Delay(50, cancellationToken);
            }
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
