using System.CommandLine;
using Gyrus.Cli.Commands;
using Gyrus.Cli.Commands.Serve;
using Gyrus.Cli.Terminal;
using Gyrus.Server.Database;
using Gyrus.Server.Hosting;
using Gyrus.Testing;
using Xunit;

namespace Gyrus.Cli.Tests.Service;

public sealed class LimitFlagsTests
{
    public static TheoryData<string, string, string, string> Settings => new()
    {
        { "--queue", "GYRUS_QUEUE", "16", nameof(ServiceOptions.QueueLimit) },
        { "--most-images", "GYRUS_MOST_IMAGES", "16", nameof(ServiceOptions.MostImages) },
        { "--largest-image", "GYRUS_LARGEST_IMAGE", "16", nameof(ServiceOptions.LargestImage) },
        { "--largest-study", "GYRUS_LARGEST_STUDY", "16", nameof(ServiceOptions.LargestStudy) },
        { "--most-study-images", "GYRUS_MOST_STUDY_IMAGES", "16", nameof(ServiceOptions.MostStudyImages) },
        { "--pixel-limit", "GYRUS_PIXEL_LIMIT", "16", nameof(ServiceOptions.PixelLimit) },
        { "--body-memory", "GYRUS_BODY_MEMORY", "16", nameof(ServiceOptions.BodyMemory) },
        { "--batch", "GYRUS_BATCH", "16", nameof(ServiceOptions.BatchSize) },
        { "--workers", "GYRUS_WORKERS", "16", nameof(ServiceOptions.Workers) },
        { "--views", "GYRUS_VIEWS", "4", nameof(ServiceOptions.Views) },
        { "--threshold", "GYRUS_THRESHOLD", "0.25", nameof(ServiceOptions.Threshold) },
        { "--keep-results", "GYRUS_KEEP_RESULTS", "90d", nameof(ServiceOptions.KeepResults) },
    };

    [Theory]
    [MemberData(nameof(Settings))]
    public void A_setting_is_the_options_else_the_variables_else_the_usual_one(string option, string variable, string value, string property)
    {
        var other = value switch { "4" => "2", "0.25" => "0.5", "90d" => "36h", _ => "8" };
        var expected = value == "90d" ? "90.00:00:00" : value;

        Assert.Equal(expected, Of(Read([option, value], (variable, other))));
        Assert.Equal(expected, Of(Read([], (variable, value))));
        Assert.Equal(Of(Usual), Of(Read([], (variable, ""))));

        string? Of(ServiceOptions options) => string.Create(
            System.Globalization.CultureInfo.InvariantCulture, $"{typeof(ServiceOptions).GetProperty(property)!.GetValue(options)}");
    }

    [Theory]
    [InlineData("--queue", "GYRUS_QUEUE", "0", "1 to 100,000")]
    [InlineData("--queue", "GYRUS_QUEUE", "100001", "1 to 100,000")]
    [InlineData("--queue", "GYRUS_QUEUE", "+5", "1 to 100,000")]
    [InlineData("--queue", "GYRUS_QUEUE", "many", "1 to 100,000")]
    [InlineData("--most-images", "GYRUS_MOST_IMAGES", "0", "1 to 100,000")]
    [InlineData("--most-images", "GYRUS_MOST_IMAGES", "65", "1 to 64")]
    [InlineData("--largest-image", "GYRUS_LARGEST_IMAGE", "0", "1 to 1GiB")]
    [InlineData("--largest-image", "GYRUS_LARGEST_IMAGE", "1025MiB", "1 to 1GiB")]
    [InlineData("--largest-image", "GYRUS_LARGEST_IMAGE", "32MB", "32MiB")]
    [InlineData("--largest-image", "GYRUS_LARGEST_IMAGE", "MiB", "32MiB")]
    [InlineData("--largest-study", "GYRUS_LARGEST_STUDY", "3GiB", "1 to 2GiB")]
    [InlineData("--most-study-images", "GYRUS_MOST_STUDY_IMAGES", "0", "1 to 100,000")]
    [InlineData("--pixel-limit", "GYRUS_PIXEL_LIMIT", "500000001", "1 to 500,000,000")]
    [InlineData("--body-memory", "GYRUS_BODY_MEMORY", "0", "1 to 1024GiB")]
    [InlineData("--body-memory", "GYRUS_BODY_MEMORY", "9223372036854775807GiB", "1 to 1024GiB")]
    [InlineData("--batch", "GYRUS_BATCH", "1025", "1 to 1,024")]
    [InlineData("--workers", "GYRUS_WORKERS", "0", "1 to 1,024")]
    [InlineData("--views", "GYRUS_VIEWS", "3", "1, 2 or 4")]
    [InlineData("--keep-results", "GYRUS_KEEP_RESULTS", "0d", "1h to 36500d")]
    [InlineData("--keep-results", "GYRUS_KEEP_RESULTS", "36501d", "1h to 36500d")]
    [InlineData("--keep-results", "GYRUS_KEEP_RESULTS", "90", "1h to 36500d")]
    [InlineData("--keep-results", "GYRUS_KEEP_RESULTS", "d", "1h to 36500d")]
    [InlineData("--threshold", "GYRUS_THRESHOLD", "1.01", "0 to 1")]
    [InlineData("--threshold", "GYRUS_THRESHOLD", "-0.5", "0 to 1")]
    [InlineData("--threshold", "GYRUS_THRESHOLD", "NaN", "0 to 1")]
    public void A_setting_out_of_range_is_refused_with_its_name_and_range(string option, string variable, string value, string range)
    {
        var given = Assert.Throws<GyrusException>(() => Read([option, value])).Message;
        var set = Assert.Throws<GyrusException>(() => Read([], (variable, value))).Message;

        Assert.Contains(option, given, StringComparison.Ordinal);
        Assert.Contains(variable, set, StringComparison.Ordinal);
        Assert.Contains(range, given, StringComparison.Ordinal);
        Assert.Contains(range, set, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1000", 1000)]
    [InlineData("500KiB", 500 << 10)]
    [InlineData("100MiB", 100 << 20)]
    [InlineData("1GiB", 1 << 30)]
    public void A_size_is_bytes_or_has_a_unit(string text, int bytes) =>
        Assert.Equal(bytes, Read(["--largest-image", text]).LargestImage);

    [Fact]
    public void A_queue_that_is_shorter_than_a_usual_request_bounds_requests_too() =>
        Assert.Equal(16, Read(["--queue", "16"]).MostImages);

    [Fact]
    public async Task A_variable_out_of_range_ends_the_start_before_anything_is_made()
    {
        using var temp = new TempFolder();

        var outcome = await GyrusProcess.Run(
            ["serve", "--data", temp.File("data"), "--urls", "http://127.0.0.1:0"], TestContext.Current.CancellationToken,
            environment: new Dictionary<string, string> { ["GYRUS_WORKERS"] = "none" });

        Assert.Equal(ExitCode.UserError, outcome.ExitCode);
        Assert.Equal("gyrus: GYRUS_WORKERS is 'none': it must be a whole number, 1 to 1,024.", outcome.Error.Trim());
        Assert.False(Directory.Exists(temp.File("data")));
    }

    [Theory]
    [MemberData(nameof(Settings))]
    public void The_page_and_the_help_have_each_setting_with_its_variable(string option, string variable, string value, string property)
    {
        _ = (value, property);
        var command = ServeCommand.Create();

        Assert.Contains(variable, command.Options.Single(o => o.Name == option).Description, StringComparison.Ordinal);
        Assert.Contains(
            File.ReadAllLines(Path.Combine(TestFiles.Root, "docs/service.md")),
            line => line.StartsWith($"| `{option}` | `{variable}` |", StringComparison.Ordinal));
    }

    private static ServiceOptions Usual => new("model", new DatabaseOptions("data"));

    private static ServiceOptions Read(string[] arguments, params (string Name, string Value)[] variables)
    {
        var flags = new LimitFlags();
        var command = new Command("serve");
        flags.AddTo(command);
        return flags.Read(
            Usual, command.Parse(arguments), name => Array.Find(variables, variable => variable.Name == name).Value);
    }
}
