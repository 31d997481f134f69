using System.Security.Cryptography;
using Gyrus.Data.Manifests;
using Gyrus.Evaluation.Answers;
using Gyrus.Evaluation.Figures;
using Gyrus.Evaluation.Reports;
using Gyrus.Inference;
using Gyrus.Testing;
using Gyrus.Testing.Models;
using NetVips;
using Xunit;

namespace Gyrus.Learning.Tests.Evaluation;

/// <summary>The network of these tests calls red a tumour, so that its heat map is strongest where a scan is red.</summary>
public sealed class LesionHitsTests : IDisposable
{
    private const int Side = 64;

    private readonly TempFolder _temp = new();

    [Fact]
    public void A_heat_map_on_the_drawn_lesion_hits_and_one_beside_it_does_not_by_sequence_too()
    {
        var report = Evaluate(
            ("t1", Square(8), Square(8)), ("t1", Square(8), Square(40)), ("flair", Square(40), Square(40)), ("flair", Square(40), null));

        // 3 of 4 have an outline; of these two are hit. An outline is 16 x 16 of a head that is the whole scan.
        Assert.Equal(2.0 / 3, report.Lesions![LesionFigures.Hit].Value!.Value, 1e-9);
        Assert.Equal(1.0 / 16, report.Lesions[LesionFigures.Share].Value!.Value, 1e-6);
        var by = Assert.Single(report.By!).Values.ToDictionary(value => value.Value, value => value.Figures["lesionHit"].Value);
        Assert.Equal((0.5, 1.0), (by["t1"], by["flair"]));
    }

    [Fact]
    public void An_empty_outline_is_no_lesion()
    {
        var report = Evaluate(("t1", Square(8), Square(8)), ("t1", Square(8), _ => false));

        Assert.Equal(1, report.Lesions![LesionFigures.Hit].Value);
    }

    [Fact]
    public void Without_a_mask_it_is_said_that_none_is_there()
    {
        var error = Assert.Throws<GyrusException>(() => Evaluate(("t1", Square(8), null), ("t1", Square(8), null)));

        Assert.StartsWith(_temp.File("set.csv"), error.Message, StringComparison.Ordinal);
        Assert.Contains("column mask", error.Message, StringComparison.Ordinal);
    }

    private static Func<(int X, int Y), bool> Square(int from) => at => at.X >= from && at.X < from + 16 && at.Y >= from && at.Y < from + 16;

    private EvaluationReport Evaluate(params (string Sequence, Func<(int X, int Y), bool> Red, Func<(int X, int Y), bool>? Lesion)[] scans)
    {
        List<ManifestRow> rows = [];
        for (int i = 0; i < scans.Length; i++)
        {
            var path = Write($"scan{i}.png", scans[i].Red, [255, 0, 0]);
            var mask = scans[i].Lesion is { } lesion ? Path.GetFileName(Write($"mask{i}.png", lesion, [255, 255, 255])) : "";
            var hash = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path)));
            rows.Add(new ManifestRow(Path.GetFileName(path), hash, "ct_tumor", Split.Test, Side, Side, "RGB", Split.None) { More = new([scans[i].Sequence, mask]) });
        }
        var manifest = new Manifest(_temp.Path, rows) { MoreColumns = [KnownColumns.Sequence, KnownColumns.Mask] };
        manifest.Save(_temp.File("set.csv"));
        using var model = new JudgedPackage(ScanClassifier.Open(ColourModel.Write(_temp.File("model")).Folder));
        var request = new EvaluationRequest(_temp.File("set.csv"), Split.Test, new EvaluationOptions()) { Columns = [KnownColumns.Sequence], Lesions = true };
        return ModelEvaluation.Run(model, request, progress: null, reason => Assert.Fail(reason), TestContext.Current.CancellationToken).Report;
    }

    private string Write(string name, Func<(int X, int Y), bool> inside, byte[] colour)
    {
        var pixels = new byte[3 * Side * Side];
        for (int i = 0; i < Side * Side; i++)
        {
            if (inside((i % Side, i / Side))) colour.CopyTo(pixels, 3 * i);
        }
        using var image = Image.NewFromMemory(pixels, Side, Side, 3, Enums.BandFormat.Uchar);
        using var coloured = image.Copy(interpretation: Enums.Interpretation.Srgb);
        coloured.WriteToFile(_temp.File(name));
        return _temp.File(name);
    }

    public void Dispose() => _temp.Dispose();
}
