using System.Text.RegularExpressions;
using Gyrus.Imaging.Decoding;
using Gyrus.Testing;
using Xunit;

namespace Gyrus.Inference.Tests;

/// <summary>What docs/library.md tells programmers to write is what runs here.</summary>
public sealed partial class LibraryPageTests : IDisposable
{
    private readonly TempFolder _temp = new();

    private static string Model => Path.Combine(TestFiles.Root, "models", "default");

    private static string Sample => Path.Combine(TestFiles.Root, "samples", "mri-healthy-coronal.png");

    public void Dispose() => _temp.Dispose();

    [Fact]
    public void A_folder_is_answered_in_three_lines()
    {
        var (model, folder) = (Model, _temp.Path);
        File.Copy(Sample, _temp.File("scan.png"));
        File.WriteAllText(_temp.File("notes.png"), "no image");
        var (before, written) = (Console.Out, new StringWriter());
        Console.SetOut(written);
        try
        {
            using var classifier = ScanClassifier.Open(model);
#pragma warning disable xUnit1051 // As the page has it.
            foreach (var result in classifier.Classify(Directory.EnumerateFiles(folder)))
                Console.WriteLine(result.Accepted ? $"{result.Path}: {result.Label!.Name}, tumour {result.Tumour:0.000}" : $"{result.Path}: {result.Error ?? result.Reason}");
#pragma warning restore xUnit1051
        }
        finally
        {
            Console.SetOut(before);
        }

        // Other tests write to the console at the same time.
        string[] lines = [.. written.ToString().ReplaceLineEndings("\n").Split('\n').Where(line => line.Contains(folder, StringComparison.Ordinal))];
        Assert.Equal(2, lines.Length);
        Assert.Contains(lines, line => line.Contains("scan.png: mri_healthy, tumour 0.1", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains("notes.png: ", StringComparison.Ordinal));
    }

    [Fact]
    public void An_image_in_memory_is_explained()
    {
        using var classifier = ScanClassifier.Open(Model);
        var bytes = File.ReadAllBytes(Sample);

        var scan = ScanDecoder.Decode("upload.png", bytes);
        var explanation = classifier.Explain(scan);

        Assert.Equal(1, explanation.Probabilities.Sum(), 5);
    }

    [Fact]
    public void Every_line_of_the_page_stands_in_these_tests()
    {
        var page = File.ReadAllText(Path.Combine(TestFiles.Root, "docs", "library.md"));
        var here = File.ReadLines(Path.Combine(TestFiles.Root, "tests", "Gyrus.Inference.Tests", "LibraryPageTests.cs")).Select(line => line.Trim()).ToHashSet(StringComparer.Ordinal);
        var shown = Code().Matches(page).SelectMany(code => code.Groups[1].Value.Split('\n')).Select(line => line.Trim()).Where(line => line.Length > 0).ToList();

        Assert.Equal(5, shown.Count);
        Assert.Empty(shown.Except(here, StringComparer.Ordinal));
    }

    [GeneratedRegex("```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Code();
}
