using System.Text;
using System.Text.Json;
using Gyrus.Cluster.Clients;
using Gyrus.Imaging.Decoding;
using Gyrus.Inference;
using Gyrus.Inference.Studies;
using Gyrus.Testing;
using Gyrus.Testing.Models;
using Parquet;
using Parquet.Schema;
using Xunit;

namespace Gyrus.Cluster.Tests.Clients;

public sealed class ParquetAnswersTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task EachFieldOfEachAnswerIsInItsColumn()
    {
        ColourModel.Write(_folder.File("model"));
        using var classifier = ScanClassifier.Open(_folder.File("model"));
        var results = classifier.Classify([TestImage.Write(_folder.File("red.png"), 255, 0, 0), _folder.File("none.png"), TestImage.Write(_folder.File("green.png"), 0, 255, 0)],
            cancel: TestContext.Current.CancellationToken).ToList();
        // The first block has no answer, so no labels either.
        await using var reader = await Read([results[1]], [results[0], results[1]], [results[2]]);

        Assert.Equal(["none.png", "red.png", "none.png", "green.png"], (await Texts(reader, "path")).Select(path => Path.GetFileName(path)));
        Assert.Equal([null, "ct_tumor", null, "mri_healthy"], await Texts(reader, "label"));
        Assert.Equal([null, "tumour", null, "healthy"], await Texts(reader, "verdict"));
        Assert.Equal([results[1].Error, null, results[1].Error, null], await Texts(reader, "error"));
        Assert.Equal(["by hand", "by hand", "by hand", "by hand"], await Texts(reader, AnswerJson.RecipeField));
        Assert.Equal([null, results[0].Tumour, null, results[2].Tumour], await Numbers<double>(reader, "tumour"), (expected, actual) => Near(expected, actual));
        foreach (var (label, place) in classifier.Labels.All.Select((label, place) => (label.Name, place)))
        {
            Assert.Equal(
                [null, results[0].Probabilities![place], null, results[2].Probabilities![place]], await Numbers<double>(reader, "probability_" + label), (expected, actual) => Near(expected, actual));
        }
        Assert.Equal([null, true, null, true], await Numbers<bool>(reader, "accepted"));
    }

    [Fact]
    public async Task WithoutAnAnswerThereAreNoProbabilities()
    {
        await using var reader = await Read([ScanResult.Unreadable("a", "a: no image")]);
        Assert.DoesNotContain(reader.Schema.DataFields, field => field.Name.StartsWith("probability", StringComparison.Ordinal));
        Assert.Equal(["a: no image"], await Texts(reader, "error"));
    }

    [Fact]
    public async Task StudiesAndSeriesHaveTheirOwnColumns()
    {
        ColourModel.Write(_folder.File("model"));
        using var classifier = ScanClassifier.Open(_folder.File("model"));
        for (int i = 0; i < 8; i++) File.WriteAllBytes(_folder.File($"{i}.dcm"), new WrittenSlice("1.2.3", "1.2.3.1").Bytes(i + 1, 5 * i, (0, 0, 255)));
        var found = StudyFiles.Read([.. Enumerable.Range(0, 8).Select(i => _folder.File($"{i}.dcm"))], new SliceReader(null), progress: null, TestContext.Current.CancellationToken);
        var study = StudyClassifier.Classify(classifier, found.Series, progress: null, heatMaps: null, TestContext.Current.CancellationToken).Single();

        await using var studies = await Read(AnswerLevel.Study, StudyJson.Lines(study, AnswerLevel.Study, "by hand"));
        Assert.Equal(["1.2.3"], await Texts(studies, "study"));
        Assert.Equal(["tumour"], await Texts(studies, "verdict"));
        using var inside = JsonDocument.Parse((await Texts(studies, "series"))[0]!);
        Assert.Equal("1.2.3.1", inside.RootElement[0].GetProperty("series").GetString());

        await using var series = await Read(AnswerLevel.Series, StudyJson.Lines(study, AnswerLevel.Series, "by hand"));
        Assert.Equal(["1.2.3.1"], await Texts(series, "series"));
        Assert.Equal([8], await Numbers<double>(series, "slices"));
        Assert.Equal([5], await Numbers<double>(series, "spacing"));
        Assert.Equal([study.Tumour], await Numbers<double>(series, "tumour"), (expected, actual) => Near(expected, actual));
    }

    // Six decimals are written.
    private static bool Near(double? expected, double? actual) => expected is null ? actual is null : Math.Abs(expected.Value - actual!.Value) < 1e-6;

    private static async Task<ParquetReader> Read(params ScanResult[][] blocks)
    {
        return await Read(AnswerLevel.Slice, [.. blocks.Select(block => string.Concat(block.Select(result => AnswerJson.Line(result, "by hand") + "\n")))]);
    }

    private static async Task<ParquetReader> Read(AnswerLevel level, params string[] blocks)
    {
        async IAsyncEnumerable<byte[]> Blocks()
        {
            foreach (var block in blocks)
            {
                await Task.Yield();
                yield return Encoding.UTF8.GetBytes(block);
            }
        }

        var file = new MemoryStream();
        await ParquetAnswers.Write(file, level, Blocks);
        file.Position = 0;
        return await ParquetReader.CreateAsync(file);
    }

    private static async Task<List<string?>> Texts(ParquetReader reader, string name)
    {
        var all = new List<string?>();
        for (int group = 0; group < reader.RowGroupCount; group++)
        {
            using var rows = reader.OpenRowGroupReader(group);
            var column = new string?[rows.RowCount];
            await rows.ReadAsync(Field(reader, name), column!);
            all.AddRange(column);
        }
        return all;
    }

    private static async Task<List<T?>> Numbers<T>(ParquetReader reader, string name)
        where T : struct
    {
        var all = new List<T?>();
        for (int group = 0; group < reader.RowGroupCount; group++)
        {
            using var rows = reader.OpenRowGroupReader(group);
            var column = new T?[rows.RowCount];
            await rows.ReadAsync<T>(Field(reader, name), column);
            all.AddRange(column);
        }
        return all;
    }

    private static DataField Field(ParquetReader reader, string name) => reader.Schema.DataFields.Single(field => field.Name == name);
}
