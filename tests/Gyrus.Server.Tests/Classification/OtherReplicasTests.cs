using System.Net;
using System.Text.Json.Nodes;
using Gyrus.Imaging.Decoding;
using Gyrus.Inference;
using Gyrus.Server.Classification;
using Gyrus.Server.Problems;
using Gyrus.Testing;
using Gyrus.Testing.Models;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Xunit;

namespace Gyrus.Server.Tests.Classification;

/// <summary>A queue among those of other replicas, whose one worker is held up by an image until a test lets it go.</summary>
public sealed class OtherReplicasTests : IAsyncLifetime
{
    private const int Limit = 2;

    private readonly TempFolder _folder = new();
    private readonly FakeReplicas _others = new();
    private readonly ManualResetEventSlim _gate = new();
    private RunningService _service = null!;
    private RunningService _alone = null!;
    private Task _holdUp = Task.CompletedTask;

    private byte[] Red => File.ReadAllBytes(TestImage.Write(_folder.File("red.png"), 255, 0, 0));

    private ClassificationQueue Queue => _service.Services.GetRequiredService<ClassificationQueue>();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _service = await RunningService.Start(
            _folder, options => options with { OtherReplicas = _others, QueueLimit = Limit, MostImages = Limit, BatchSize = 1, Workers = 1 });
        _alone = await RunningService.Start(_folder);
        var classifier = _alone.Services.GetRequiredService<ScanClassifier>();
        _others.Answering = files => [.. classifier.NewWorker().Classify(files)];
        using var begun = new ManualResetEventSlim();
        _holdUp = Queue.ClassifyAside(
            [new ScanImage("held up", () =>
            {
                begun.Set();
                _gate.Wait();
                return new Scan(8, 8, "RGB", "png", new byte[192]);
            })],
            Cancel);
        begun.Wait(Cancel);
    }

    public async ValueTask DisposeAsync()
    {
        _gate.Set();
        await _holdUp;
        await _service.DisposeAsync();
        await _alone.DisposeAsync();
        _gate.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task What_a_full_queue_has_no_room_for_another_answers_in_the_same_words()
    {
        var waiting = await Fill();

        foreach (var path in (string[])["/v1/classify", "/v1/classify?heatmap=true", "/v1/classify?heatmap=true&heatmapLabel=mri_glioma"])
            Assert.Equal(await Words(_alone.Send(Red, path: path)), await Words(_service.Send(Red, path: path)));
        Assert.Equal(3, _others.Asked);
        Assert.Equal(422, (int)(await _service.Send("no image"u8.ToArray())).StatusCode);

        _gate.Set();
        Assert.All(await Task.WhenAll(waiting), answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
        Assert.Equal(4, _others.Asked);
    }

    [Fact]
    public async Task While_there_is_room_no_other_is_asked()
    {
        _gate.Set();
        Assert.Equal(HttpStatusCode.OK, (await _service.Send(Red)).StatusCode);
        Assert.Equal(0, _others.Asked);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Where_no_other_has_room_or_the_asking_fails_a_caller_is_told_when_to_come_back(bool fails)
    {
        _others.Answering = _ => fails ? throw new TimeoutException("no node") : null;
        await Fill();

        var busy = await _service.Send(Red);

        Assert.Equal(1, busy.Headers.RetryAfter!.Delta!.Value.TotalSeconds);
        await busy.Problem(503);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_image_that_is_still_to_be_fetched_is_refused_only_where_no_other_has_room(bool hasRoom)
    {
        _others.HasRoom = hasRoom;
        await Fill();

        if (hasRoom) await Queue.RequireRoom();
        else await Assert.ThrowsAsync<ServiceProblem>(Queue.RequireRoom);
    }

    [Fact]
    public async Task Images_of_another_are_answered_and_never_handed_on()
    {
        var held = _others.Self!([new ScanFile("a", Red), new ScanFile("b", "no image"u8.ToArray())], Cancel);
        Assert.Equal(0, _others.Room!());
        Assert.Null(await _others.Self([new ScanFile("c", Red)], Cancel));

        _gate.Set();
        var results = await held;
        Assert.Equal("ct_tumor", results![0].Label!.Name);
        Assert.Contains("b", results[1].Error, StringComparison.Ordinal);
        Assert.Equal(0, _others.Asked);
        Assert.Equal(Limit, _others.Room());
    }

    [Fact]
    public async Task A_service_that_ends_hands_over_what_waits_and_its_callers_get_those_answers()
    {
        var waiting = await Fill();
        var stop = _service.Services.GetRequiredService<IHostApplicationLifetime>();

        stop.StopApplication();
        var answers = await Task.WhenAll(waiting);

        Assert.False(_gate.IsSet);
        var expected = await Words(_alone.Send(Red));
        foreach (var answer in answers) Assert.Equal(expected, await Words(Task.FromResult(answer)));
        Assert.Equal(Limit, _others.Asked);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_no_other_takes_a_service_that_ends_answers_itself(bool fails)
    {
        _others.Answering = _ => fails ? throw new TimeoutException("no node") : null;
        var waiting = await Fill();

        await Queue.HandOver();
        _gate.Set();

        Assert.All(await Task.WhenAll(waiting), answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
    }

    [Fact]
    public async Task A_service_that_ends_gives_images_of_another_back_and_takes_no_more()
    {
        var held = _others.Self!([new ScanFile("a", Red)], Cancel);

        await Queue.HandOver();

        Assert.Null(await held);
        Assert.Null(await _others.Self([new ScanFile("b", Red)], Cancel));
        Assert.Equal(0, _others.Room!());
        Assert.Equal(0, _others.Asked);
    }

    [Fact]
    public async Task Images_of_another_take_of_the_memory_that_bodies_have()
    {
        await using var small = await RunningService.Start(_folder, options => options with { OtherReplicas = _others, BodyMemory = 1000 });
        Assert.Null(await _others.Self!([new ScanFile("a", new byte[1001])], Cancel));
        Assert.NotNull(await _others.Self([new ScanFile("a", new byte[1000])], Cancel));
        Assert.NotNull(await _others.Self([new ScanFile("a", new byte[1000])], Cancel));
    }

    /// <summary>Sends as many images as the queue holds.</summary>
    private async Task<List<Task<HttpResponseMessage>>> Fill()
    {
        var red = Red;
        var waiting = Enumerable.Range(0, Limit).Select(_ => _service.Send(red)).ToList();
        while (Queue.Waiting < Limit) await Task.Delay(10, Cancel);
        return waiting;
    }

    /// <summary>An answer without its identifier, which is its own.</summary>
    private static async Task<string> Words(Task<HttpResponseMessage> answer)
    {
        var json = JsonNode.Parse(await (await answer).Content.ReadAsStringAsync(Cancel))!.AsObject();
        Assert.True(json.Remove("id"));
        return json.ToJsonString();
    }

    private sealed class FakeReplicas : IOtherReplicas
    {
        private int _asked;

        public int Asked => _asked;

        public Func<IReadOnlyList<ScanFile>, ScanResult[]?> Answering { get; set; } = _ => null;

        public bool HasRoom { get; set; }

        public Func<int>? Room { get; private set; }

        public Func<IReadOnlyList<ScanFile>, CancellationToken, Task<ScanResult[]?>>? Self { get; private set; }

        public void Join(ScanClassifier classifier, Func<int> room, Func<IReadOnlyList<ScanFile>, CancellationToken, Task<ScanResult[]?>> answer) => (Room, Self) = (room, answer);

        public Task<bool> HaveRoom() => Task.FromResult(HasRoom);

        public async Task<ScanResult[]?> Answer(IReadOnlyList<ScanFile> files, CancellationToken cancellation)
        {
            await Task.Yield();
            Interlocked.Increment(ref _asked);
            return Answering(files);
        }
    }
}
