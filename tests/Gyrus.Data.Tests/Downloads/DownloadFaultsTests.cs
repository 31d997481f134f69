using FsCheck;
using FsCheck.Fluent;
using Gyrus.Data.Downloads;
using Gyrus.Testing;
using Xunit;

namespace Gyrus.Data.Tests.Downloads;

public sealed class DownloadFaultsTests
{
    private static readonly byte[] Content = DownloadTests.Bytes(seed: 4, length: 50_000);

    /// <summary>What a bad network and server do, in any order, to runs that are killed in between.</summary>
    [Fact]
    public void Download_under_any_faults_arrives_whole_or_not_at_all()
    {
        var faults = Gen.ListOf(Gen.OneOf(
            Gen.Choose(0, Content.Length).Select(cut => new Fault("cut", cut)),
            Gen.Choose(0, Content.Length).Select(cut => new Fault("cut without range", cut)),
            Gen.Choose(0, Content.Length).Select(cut => new Fault("another piece", cut)),
            Gen.Elements(429, 500, 503, 416).Select(status => new Fault("status", status)))).ToArbitrary();
        Prop.ForAll(faults, list =>
        {
            using var rig = new DownloadRig((request, i) => i < list.Count
                ? list[i].Answer(request)
                : LocalAnswer.File(request, Content));
            rig.Options = rig.Options with { Tries = 2 };
            int runs = 0;
            while (!File.Exists(rig.Destination) && runs++ <= list.Count + 1)
            {
                try
                {
                    rig.Run().GetAwaiter().GetResult();
                }
                catch (DownloadException e) when (e.Problem == DownloadProblem.GaveUp)
                {
                    Assert.False(File.Exists(rig.Destination));
                }
            }
            Assert.Equal(Content, File.ReadAllBytes(rig.Destination));
            Assert.Equal(["file.zip"], rig.Files);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(60));
    }

    private sealed record Fault(string Kind, int Value)
    {
        public LocalAnswer Answer(LocalRequest request) => Kind switch
        {
            "cut" => LocalAnswer.File(request, Content, cutAfter: Value),
            "cut without range" => new LocalAnswer(200, Content.AsMemory(0, Value), Content.Length)
                .With("ETag", "\"one\""),
            "another piece" => new LocalAnswer(206, Content.AsMemory(Value), Content.Length - Value)
                .With("Content-Range", $"bytes {Value}-{Content.Length - 1}/{Content.Length}"),
            _ => LocalAnswer.Only(Value),
        };
    }
}
