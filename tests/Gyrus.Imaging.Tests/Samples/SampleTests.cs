using System.Text.RegularExpressions;
using Gyrus.Imaging.Decoding;
using Gyrus.Testing;
using Xunit;

namespace Gyrus.Imaging.Tests;

public sealed partial class SampleTests
{
    private const int LargestFile = 150 * 1024;

    private static readonly string s_folder = Path.Combine(TestFiles.Root, "samples");

    public static TheoryData<string> Images =>
        [.. Directory.GetFiles(s_folder, "*.png").Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Images))]
    public void Sample_is_a_small_grayscale_scan(string file)
    {
        var path = Path.Combine(s_folder, file);
        var scan = ScanDecoder.Read(path);
        Assert.Equal("L", scan.Mode);
        Assert.InRange(Math.Max(scan.Width, scan.Height), 256, 320);
        Assert.InRange(new FileInfo(path).Length, 1, LargestFile);
    }

    [Fact]
    public void Readme_names_every_sample_and_says_which_are_synthetic()
    {
        var rows = File.ReadLines(Path.Combine(s_folder, "README.md"))
            .Select(line => Row().Match(line)).Where(row => row.Success).ToList();
        var named = rows.Select(row => row.Groups["file"].Value).Order(StringComparer.Ordinal);
        Assert.Equal(Images.Select(image => image.Data), named);
        Assert.All(rows, row => Assert.Equal(
            row.Groups["file"].Value.StartsWith("synthetic-", StringComparison.Ordinal) ? "**synthetic**" : "real",
            row.Groups["real"].Value));
    }

    // | `file.png` | ... | real |
    [GeneratedRegex(@"^\| `(?<file>[^`]+\.png)` \|.*\| (?<real>[^|]+) \|$")]
    private static partial Regex Row();
}
