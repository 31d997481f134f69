using System.Diagnostics;
using Gyrus.Testing.Order;
using Xunit;

namespace Gyrus.Models.Tests.Order;

public sealed class TestOrderTests
{
    private static readonly string[] Names = [.. Enumerable.Range(0, 50).Select(i => $"test {i}")];

    [Fact]
    public void Shuffle_of_one_seed_gives_one_order_whatever_the_order_before()
    {
        var order = TestOrder.Shuffle(Names, name => name, 7);

        Assert.Equal(order, TestOrder.Shuffle(Names.Reverse(), name => name, 7));
        Assert.Equal(Names.Order(), order.Order());
    }

    [Fact]
    public void Shuffle_of_another_seed_gives_another_order() =>
        Assert.NotEqual(TestOrder.Shuffle(Names, name => name, 7), TestOrder.Shuffle(Names, name => name, 8));

    [Fact]
    public void Shuffle_of_some_of_the_tests_leaves_their_order_as_it_was() => Assert.Equal(
        TestOrder.Shuffle(Names, name => name, 7).Where(name => name.EndsWith('3')),
        TestOrder.Shuffle(Names.Where(name => name.EndsWith('3')), name => name, 7));

    [Fact]
    public void A_run_says_its_seed_and_another_run_repeats_its_order()
    {
        var first = Run("12");

        Assert.Contains(first, line => line.EndsWith("GYRUS_TEST_SEED=12", StringComparison.Ordinal));
        Assert.Equal(Started(first), Started(Run("12")));
        Assert.True(Started(first).Count > 3);
        Assert.Contains(Enumerable.Range(13, 5), seed => !Started(first).SequenceEqual(Started(Run($"{seed}"))));
    }

    private static List<string> Started(IEnumerable<string> lines) =>
        [.. lines.Where(line => line.Contains("[STARTING]", StringComparison.Ordinal))];

    /// <summary>Runs the quick tests of a class by itself, in another process.</summary>
    private static string[] Run(string seed)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            ArgumentList = { typeof(TestOrderTests).Assembly.Location, "-class", "*ModelCardTests", "-reporter", "verbose", "-noColor" },
            RedirectStandardOutput = true,
            Environment = { ["GYRUS_TEST_SEED"] = seed },
        };
        using var process = Process.Start(start)!;
        var lines = process.StandardOutput.ReadToEnd().Split('\n');
        process.WaitForExit();
        return lines;
    }
}
