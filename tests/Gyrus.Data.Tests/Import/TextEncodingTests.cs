using System.Text;
using Gyrus.Data.Import;
using Gyrus.Data.Manifests;
using Gyrus.Testing;
using Xunit;

namespace Gyrus.Data.Tests.Import;

/// <summary>CSV files in encodings other than UTF-8.</summary>
public sealed class TextEncodingTests : IDisposable
{
    private const string Lines = "path,label,patient\na.png,mri_tumor,Åsa\nb.png,mri_tumor,Ösa\n";

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_list_that_is_not_UTF_8_is_refused_with_line_and_byte()
    {
        var path = Write(Encoding.Latin1);

        var error = Assert.Throws<GyrusException>(() => CsvSource.Read(path));

        Assert.Equal(
            $"{path}, line 2, byte 17: 0xC5 is not UTF-8, so letters would be lost. Save the file as UTF-8.", error.Message);
        Assert.Throws<GyrusException>(() => Manifest.Load(path));
    }

    [Fact]
    public void A_byte_order_mark_says_the_encoding()
    {
        Encoding[] marked = [Encoding.UTF8, Encoding.Unicode, Encoding.BigEndianUnicode, Encoding.UTF32];

        Assert.All(marked, encoding => Assert.Equal(
            ["Åsa", "Ösa"], CsvSource.Read(Write(encoding)).Images.Select(image => image.More[0])));
    }

    private string Write(Encoding encoding)
    {
        var path = _folder.File("list.csv");
        File.WriteAllBytes(path, [.. encoding.GetPreamble(), .. encoding.GetBytes(Lines)]);
        return path;
    }
}
