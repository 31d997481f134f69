using Gyrus.Dicom;
using Gyrus.Dicom.Parsing;
using Gyrus.Dicom.Pixels;
using Gyrus.Imaging.Decoding;
using Gyrus.Testing;
using Xunit;

namespace Gyrus.Server.Tests.WebPage;

/// <summary>What the page draws of real files is what the service looks at.</summary>
public sealed class PagePictureTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task DICOM_of_every_transfer_syntax_has_the_same_values_as_in_the_service()
    {
        var folder = TestFiles.Shared("dicom");
        var expected = Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .Select(path => (Path: path, Slice: ByTheService(path))).Where(file => file.Slice is not null).ToList();
        await using var visited = await VisitedPage.Open(_folder);
        var page = visited.Page;
        await page.EvaluateAsync("() => { const all = document.createElement('input'); all.type = 'file'; all.id = 'all'; all.multiple = true; document.body.append(all); }");
        await page.Locator("#all").SetInputFilesAsync(expected.Select(file => file.Path));

        var sums = await page.EvaluateAsync<string[]>("""
            async () => {
              const { read, image } = await import("/dicom.js");
              const sums = [];
              for (const file of document.getElementById("all").files) {
                try {
                  const { width, height, values } = await image(await read(file), 0);
                  sums.push(`${width} x ${height}: ${values.reduce((sum, value, i) => sum + value * (i % 7 + 1), 0)}`);
                } catch (error) {
                  sums.push(error.message);
                }
              }
              return sums;
            }
            """);

        var different = expected.Zip(sums).Where(pair => pair.Second != Sum(pair.First.Slice!))
            .Select(pair => $"{Path.GetRelativePath(folder, pair.First.Path)}: {Sum(pair.First.Slice!)} in the service, on the page {pair.Second}").ToList();
        Assert.True(different.Count == 0, string.Join('\n', different));
        Assert.InRange(sums.Count(sum => sum.Contains(" x ", StringComparison.Ordinal)), 80, 200);
    }

    private static GreySlice? ByTheService(string path)
    {
        if (ImageFormats.OfFile(path)?.Name != DicomSlices.FormatName) return null;
        try
        {
            var file = DicomFile.Read(path);
            var pixels = DicomPixels.Of(file, ScanDecoder.DefaultPixelLimit);
            return pixels.Layout.IsGrey ? DicomSlices.Grey(file, pixels, 0) : null;
        }
        catch (DicomException)
        {
            return null;
        }
    }

    private static string Sum(GreySlice slice)
    {
        double sum = 0;
        for (int i = 0; i < slice.Values.Length; i++) sum += (double)slice.Values[i] * ((i % 7) + 1);
        return FormattableString.Invariant($"{slice.Width} x {slice.Height}: {sum}");
    }
}
