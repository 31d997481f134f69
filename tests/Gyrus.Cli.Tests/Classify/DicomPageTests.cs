using System.Text.RegularExpressions;
using Gyrus.Cli.Terminal;
using Gyrus.Testing;
using Xunit;

namespace Gyrus.Cli.Tests.Classify;

/// <summary>The commands of docs/dicom.md that need nothing but the samples.</summary>
public sealed partial class DicomPageTests : IDisposable
{
    private readonly TempFolder _temp = new();

    public static TheoryData<string> Commands =>
        [.. Command().Matches(File.ReadAllText(Path.Combine(TestFiles.Root, "docs", "dicom.md"))).Select(match => match.Groups[1].Value.TrimEnd())];

    public void Dispose() => _temp.Dispose();

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task A_command_of_the_page_works(string command)
    {
        Directory.CreateSymbolicLink(_temp.File("samples-dicom"), Path.Combine(TestFiles.Root, "samples-dicom"));

        var outcome = await GyrusProcess.Run(command.Split(' '), TestContext.Current.CancellationToken, _temp.Path);

        Assert.Equal((ExitCode.Success, ""), (outcome.ExitCode, outcome.ExitCode == ExitCode.Success ? "" : outcome.Error));
        Assert.True(outcome.Lines.Length >= 1);
    }

    [Fact]
    public void The_page_has_such_commands() => Assert.True(Commands.Count >= 6, $"{Commands.Count}");

    [GeneratedRegex("^    gyrus ([a-z ]*samples-dicom[^#\n]*)", RegexOptions.Multiline)]
    private static partial Regex Command();
}
