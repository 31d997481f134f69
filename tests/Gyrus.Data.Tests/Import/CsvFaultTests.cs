using Gyrus.Data.Import;
using Gyrus.Testing;
using Xunit;

namespace Gyrus.Data.Tests.Import;

public sealed class CsvFaultTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("path,label\n\"a.png,mri_tumor\n", "quotation mark")]
    [InlineData("path,label\n\"a\"x.png,mri_tumor\n", "quotation mark")]
    [InlineData("path,label\na.png\n", "fewer fields")]
    public void Line_that_is_no_CSV_is_told_to_whoever_wrote_it_and_not_to_a_programmer(string text, string expected)
    {
        var path = _folder.File("list.csv");
        File.WriteAllText(path, text);

        var error = Assert.Throws<GyrusException>(() => CsvSource.Read(path)).Message;

        Assert.StartsWith($"{path}, line ", error, StringComparison.Ordinal);
        Assert.Contains(expected, error, StringComparison.Ordinal);
        Assert.DoesNotContain("BadDataFound", error, StringComparison.Ordinal);
        Assert.DoesNotContain("MissingFieldFound", error, StringComparison.Ordinal);
    }
}
