using System.Diagnostics;
using System.Globalization;
using System.Text;
using Gyrus.Cli.Commands.Cluster;
using Gyrus.Cluster.Jobs;
using Gyrus.Cluster.Work;
using Gyrus.Inference.Studies;
using Gyrus.Testing;
using Gyrus.Testing.Models;
using Xunit;

namespace Gyrus.Cli.Tests.Cluster;

public sealed class ShardProcessTests : IDisposable
{
    private readonly TempFolder _temp = new();

    public ShardProcessTests() => ColourModel.Write(_temp.File("model"));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _temp.Dispose();

    [Fact]
    public async Task Its_answers_are_those_of_classify()
    {
        string[] files = [.. Enumerable.Range(0, 5).Select(number => TestImage.WriteNoise(_temp.File($"an image {number}.png"), 20, 30, number)), _temp.File("not there.png")];
        var outcome = await ShardProcess.Run(Shard(new AnswerOptions(Threshold: 0.1 + 0.2, Views: 2), files), Cancel);

        await GyrusProcess.Run(
            ["classify", .. files, "--level", "slice", "--model", _temp.File("model"), "--threshold", "0.30000000000000004", "--views", "2", "--out", _temp.File("one.jsonl")], Cancel);
        Assert.Null(outcome.Crash);
        Assert.Equal((6, 1), (outcome.Answers!.Images, outcome.Answers.Errors));
        Assert.Equal(File.ReadAllText(_temp.File("one.jsonl")), Encoding.UTF8.GetString(PackedText.UnpackBytes(outcome.Answers.Lines)));
    }

    [Fact]
    public async Task Studies_are_answered_whole()
    {
        for (int i = 0; i < 8; i++) File.WriteAllBytes(_temp.File($"{i}.dcm"), new WrittenSlice("1.2.3", "1.2.3.1").Bytes(i + 1, 5 * i, (0, 0, 255)));
        string[] files = [.. Enumerable.Range(0, 8).Select(i => _temp.File($"{i}.dcm"))];
        var outcome = await ShardProcess.Run(Shard(new AnswerOptions(WindowCentre: 40, WindowWidth: 80.5, Level: AnswerLevel.Study), files), Cancel);

        await GyrusProcess.Run(["classify", .. files, "--level", "study", "--window", "40,80.5", "--model", _temp.File("model"), "--out", _temp.File("one.jsonl")], Cancel);
        Assert.Equal(1, outcome.Answers!.Images);
        Assert.Equal(File.ReadAllText(_temp.File("one.jsonl")), Encoding.UTF8.GetString(PackedText.UnpackBytes(outcome.Answers.Lines)));
    }

    [Fact]
    public async Task One_that_is_killed_has_crashed_and_one_that_refuses_has_failed()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "looks into /proc");
        var pipe = _temp.File("endless");
        using var made = Process.Start("mkfifo", [pipe]);
        await made.WaitForExitAsync(Cancel);
        // It reads the model package, and is killed there.
        File.Move(_temp.File("model/model.json"), _temp.File("model.json"));
        File.CreateSymbolicLink(_temp.File("model/model.json"), pipe);
        var running = ShardProcess.Run(Shard(new AnswerOptions(), ["a.png"]), Cancel);
        Process? child = null;
        while (child is null && !running.IsCompleted)
        {
            await Task.Delay(20, Cancel);
            child = Process.GetProcesses().FirstOrDefault(process => process.Id != Environment.ProcessId && CommandLine(process.Id).Contains(_temp.File("model"), StringComparison.Ordinal));
        }
        child!.Kill();
        Assert.Contains("137", (await running).Crash, StringComparison.Ordinal);

        File.Delete(_temp.File("model/model.json"));
        var error = await Assert.ThrowsAsync<GyrusException>(() => ShardProcess.Run(Shard(new AnswerOptions(), ["a.png"]), Cancel));
        Assert.Contains("model.json", error.Message, StringComparison.Ordinal);
    }

    private static string CommandLine(int process)
    {
        try
        {
            return File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/cmdline"));
        }
        catch (IOException)
        {
            return "";
        }
    }

    private IsolatedShard Shard(AnswerOptions options, IReadOnlyList<string> files) =>
        new(new JobRequest("", ClusterVersion.Own, "", options, "", DateTimeOffset.UnixEpoch), _temp.File("model"), files);
}
