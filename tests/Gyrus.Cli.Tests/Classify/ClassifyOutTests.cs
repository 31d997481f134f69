using Gyrus.Cli.Terminal;
using Gyrus.Testing;
using Gyrus.Testing.Models;
using Xunit;

namespace Gyrus.Cli.Tests.Classify;

/// <summary>Answers in a file, which a killed program goes on with.</summary>
public sealed class ClassifyOutTests : IDisposable
{
    private readonly TempFolder _temp = new();

    public ClassifyOutTests()
    {
        ColourModel.Write(_temp.File("model"));
        Directory.CreateDirectory(_temp.File("scans/deep"));
        TestImage.Write(_temp.File("scans/a-red.png"), 255, 0, 0);
        TestImage.Write(_temp.File("scans/deep/b-green.jpg"), 0, 255, 0);
        TestImage.Write(_temp.File("scans/z-synthetic-blue.png"), 0, 0, 255);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Out_killed_at_any_byte_and_resumed_ends_as_in_one_go()
    {
        var whole = await Classify(["scans", "missing.png", "--out", "whole.jsonl"]);
        Assert.Equal(ExitCode.SomeUnreadable, whole.ExitCode);
        Assert.Empty(whole.Output);
        var bytes = File.ReadAllBytes(_temp.File("whole.jsonl"));
        foreach (int length in (int[])[0, 1, bytes.Length / 3, bytes.Length / 2, bytes.Length - 1, bytes.Length])
        {
            File.WriteAllBytes(_temp.File("cut.jsonl"), bytes[..length]);

            await Classify(["scans", "missing.png", "--out", "cut.jsonl", "--resume"]);

            Assert.Equal(bytes, File.ReadAllBytes(_temp.File("cut.jsonl")));
        }
    }

    [Fact]
    public async Task Out_of_other_inputs_or_without_resume_is_refused_and_left_as_it_is()
    {
        await Classify(["scans", "--out", "answers.jsonl"]);
        var before = File.ReadAllBytes(_temp.File("answers.jsonl"));

        var again = await Classify(["scans", "--out", "answers.jsonl"]);
        var others = await Classify(["scans/z-synthetic-blue.png", "--out", "answers.jsonl", "--resume"]);

        Assert.Equal(ExitCode.UserError, again.ExitCode);
        Assert.Contains("--resume", again.Error);
        Assert.Equal(ExitCode.UserError, others.ExitCode);
        Assert.Contains("a-red.png", others.Error);
        Assert.Equal(before, File.ReadAllBytes(_temp.File("answers.jsonl")));
    }

    [Fact]
    public async Task Out_of_another_recipe_is_not_gone_on_with()
    {
        await Classify(["scans", "--out", "answers.jsonl"]);
        var before = File.ReadAllBytes(_temp.File("answers.jsonl"));
        File.WriteAllBytes(_temp.File("cut.jsonl"), before[..(before.AsSpan().IndexOf((byte)'\n') + 1)]);

        var threshold = await Classify(["scans", "--out", "cut.jsonl", "--resume", "--threshold", "0.9"]);
        var views = await Classify(["scans", "--out", "cut.jsonl", "--resume", "--views", "2"]);
        var same = await Classify(["scans", "--out", "cut.jsonl", "--resume"]);

        foreach (var (refused, difference) in new[] { (threshold, "threshold 0.9"), (views, "views 2") })
        {
            Assert.Equal(ExitCode.UserError, refused.ExitCode);
            Assert.Contains("cut.jsonl, line 1: this answer was made by", refused.Error);
            Assert.Contains(difference, refused.Error);
        }
        Assert.Equal(ExitCode.Success, same.ExitCode);
        Assert.Equal(before, File.ReadAllBytes(_temp.File("cut.jsonl")));
    }

    [Fact]
    public async Task Out_that_another_process_writes_into_is_refused_and_loses_nothing()
    {
        string[] arguments = ["classify", "-", "--model", _temp.File("model"), "--out", _temp.File("answers.jsonl")];
        using var first = GyrusProcess.Start(arguments, _temp.Path);
        try
        {
            // It has the file for as long as its list of paths goes on.
            await first.StandardInput.WriteLineAsync("scans/a-red.png".AsMemory(), Cancel);
            await first.StandardInput.FlushAsync(Cancel);
            while (!File.Exists(_temp.File("answers.jsonl")) || new FileInfo(_temp.File("answers.jsonl")).Length == 0)
                await Task.Delay(20, Cancel);

            var second = await GyrusProcess.Run([.. arguments, "--resume"], Cancel, _temp.Path, input: "scans/a-red.png\n");

            Assert.Equal(ExitCode.UserError, second.ExitCode);
            Assert.Contains("answers.jsonl: another gyrus is writing there", second.Error);
            first.StandardInput.Close();
            await first.WaitForExitAsync(Cancel);
            Assert.Equal(0, first.ExitCode);
            Assert.Single(File.ReadAllLines(_temp.File("answers.jsonl")));
        }
        finally
        {
            if (!first.HasExited) first.Kill();
        }
    }

    [Fact]
    public async Task Out_of_a_process_that_was_killed_is_free_again()
    {
        string[] arguments = ["classify", "-", "--model", _temp.File("model"), "--out", _temp.File("answers.jsonl")];
        using var first = GyrusProcess.Start(arguments, _temp.Path);
        while (!File.Exists(_temp.File("answers.jsonl"))) await Task.Delay(20, Cancel);
        first.Kill();
        await first.WaitForExitAsync(Cancel);

        var second = await GyrusProcess.Run([.. arguments, "--resume"], Cancel, _temp.Path, input: "scans/a-red.png\n");

        Assert.Equal(ExitCode.Success, second.ExitCode);
        Assert.Single(File.ReadAllLines(_temp.File("answers.jsonl")));
    }

    public void Dispose() => _temp.Dispose();

    private Task<Outcome> Classify(IEnumerable<string> arguments) => GyrusProcess.Run(["classify", "--model", "model", .. arguments], Cancel, _temp.Path);
}
