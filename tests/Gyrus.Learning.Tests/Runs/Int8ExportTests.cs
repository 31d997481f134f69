using Gyrus.Data.Manifests;
using Gyrus.Learning.Export.Forms;
using Gyrus.Learning.Export.Int8;
using Gyrus.Learning.Export.Keras;
using Gyrus.Learning.Heads;
using Gyrus.Learning.Layers;
using Gyrus.Learning.Runs;
using Gyrus.Learning.Tests.Training;
using Gyrus.Learning.Training;
using Gyrus.Models;
using Gyrus.Testing;
using Xunit;

namespace Gyrus.Learning.Tests.Runs;

public sealed class Int8ExportTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly Manifest _manifest;

    public Int8ExportTests()
    {
        _manifest = TinyData.Write(_folder, 10);
        TrainingRun.Train(
            new RunPlan(
                _manifest, "dataset.csv", TinyData.Backbone, TinyData.Weights(), TinyData.Backbone.Preprocessing(),
                Float16: false, new HeadOptions([16], 0), new TrainingOptions { Epochs = 60, LearningRate = 1e-2 },
                FineTune: null),
            _folder.File("run"), resume: false, _folder.File("features"), TimeProvider.System, new RunObserver(),
            CancellationToken.None);
    }

    [Fact]
    public void Write_in_eight_bits_measures_what_it_costs_and_says_so_in_the_package()
    {
        var result = Export(_manifest, int8: true);

        Assert.Equal(14, result.Int8!.Images);
        Assert.InRange(result.Int8.Label, Int8Agreement.LeastLabel, 1);
        Assert.InRange(result.Int8.LargestDifference, 1e-9, 0.2);
        Assert.Equal(Precision.Int8, ModelPackage.Load(_folder.File("model")).Description.Precision);
        var card = File.ReadAllText(_folder.File("model/CARD.md"));
        Assert.Contains("The backbone is computed in eight bits. On 14 images", card, StringComparison.Ordinal);
        Assert.Contains("| kernels stored as | int8 |", card, StringComparison.Ordinal);
    }

    [Fact]
    public void TensorFlow_Lite_is_in_eight_bits_too_and_its_largest_difference_is_measured_on_the_validation_images()
    {
        var result = Export(_manifest, int8: true, forms: [ModelForm.Tflite, ModelForm.H5]);

        Assert.Equal([ModelForm.H5, ModelForm.Tflite], result.Forms.Select(form => form.Form));
        Assert.InRange(result.Forms[0].Difference, 0, 1e-4);
        Assert.InRange(result.Forms[1].Difference, 1e-6, 0.2);
        Assert.Equal(14, result.TfliteInt8!.Images);
        Assert.InRange(result.TfliteInt8.Label, Int8Agreement.LeastLabel, 1);
        var (graph, _) = ModelForms.Read(Path.Combine(result.Package.Folder, "model.tflite"), ModelForm.Tflite);
        Assert.Equal(["input/int8", "act1/rounded", "act2/rounded"], graph.Layers.OfType<Rounding>().Select(layer => layer.Name));
        Assert.Null(Export(_manifest, int8: false, forms: [ModelForm.Tflite]).TfliteInt8);
    }

    [Fact]
    public void Write_in_float32_says_nothing_of_eight_bits()
    {
        var result = Export(_manifest, int8: false);

        Assert.Null(result.Int8);
        Assert.Equal(Precision.Float32, result.Package.Description.Precision);
        Assert.DoesNotContain("eight bits", File.ReadAllText(_folder.File("model/CARD.md")), StringComparison.Ordinal);
    }

    [Fact]
    public void Write_with_ranges_measured_on_too_little_is_refused_and_leaves_no_package()
    {
        var dark = _manifest.Rows.Where(row => row.Label == "ct_healthy").Select(row => row.Sha256).ToHashSet();
        var record = RunRecord.Load(_folder.File("run"));
        (record with { TrainingImages = [.. record.TrainingImages.Where(dark.Contains).Take(1)] })
            .Save(_folder.File("run"));

        var error = Assert.Throws<GyrusException>(() => Export(_manifest, int8: true));

        Assert.Contains("95 % are asked for", error.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder.File("model")));
    }

    [Theory]
    [InlineData(Split.Train, "training images")]
    [InlineData(Split.Val, "validation part")]
    public void Write_in_eight_bits_without_a_part_says_which(Split missing, string said)
    {
        var rest = _manifest with { Rows = [.. _manifest.Rows.Where(row => row.Split != missing)] };

        Assert.Contains(said, Assert.Throws<GyrusException>(() => Export(rest, int8: true)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_in_eight_bits_and_float16_at_once_is_refused() =>
        Assert.Contains("Ask for one of them", Assert.Throws<GyrusException>(
            () => Export(_manifest, int8: true, float16: true)).Message, StringComparison.Ordinal);

    public void Dispose() => _folder.Dispose();

    private ExportResult Export(Manifest manifest, bool int8, bool float16 = false, ModelForm[]? forms = null)
    {
        var run = TrainedRun.Open(_folder.File("run"), TinyData.Backbone, TinyData.Weights());
        return RunExport.Write(run, manifest, _folder.File("model"), new ExportOptions(
            "test", "1.0.0", "Drawn.", "none", float16, Evaluation: null, Trust: null, Int8: int8)
        {
            Forms = forms ?? [],
        });
    }
}
