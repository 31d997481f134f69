using Gyrus.Data.Manifests;
using Gyrus.Evaluation.Reports;
using Gyrus.Imaging.Tensors;
using Gyrus.Learning.Backbones;
using Gyrus.Learning.Export;
using Gyrus.Learning.Export.Forms;
using Gyrus.Learning.Export.Int8;
using Gyrus.Learning.Export.Keras;
using Gyrus.Learning.Layers;
using Gyrus.Learning.Networks;
using Gyrus.Learning.Novelty;
using Gyrus.Learning.Tensors;
using Gyrus.Models;
using Gyrus.Models.Trust;
using static TorchSharp.torch;

namespace Gyrus.Learning.Runs;

/// <summary>What an exported package is called and what its card says beside what the run knows.</summary>
/// <param name="Name">The model's name.</param>
/// <param name="Version">The model's version.</param>
/// <param name="Data">What the data is, in words.</param>
/// <param name="WeightsLicence">The licence of the pretrained weights.</param>
/// <param name="Float16">Whether kernels are stored as float16; a run that was trained so is always stored so.</param>
/// <param name="Evaluation">The evaluation whose figures the card shows; null where there is none.</param>
/// <param name="Trust">Calibration, threshold and conformal limits; null where nothing was learnt.</param>
/// <param name="Abstention">What the network knows, and when an image is refused; null where none is.</param>
/// <param name="Int8">Whether the backbone is computed in eight bits, with ranges measured on training images.</param>
public sealed record ExportOptions(
    string Name,
    string Version,
    string Data,
    string WeightsLicence,
    bool Float16,
    EvaluationReport? Evaluation,
    TrustSettings? Trust,
    (NoveltyStatistics Statistics, AbstentionSettings Settings)? Abstention = null,
    bool Int8 = false)
{
    /// <summary>What is known to go wrong, as Markdown; empty where nobody wrote it down.</summary>
    public string KnownFailures { get; init; } = "";

    /// <summary>The evaluation of a study whose folds are sources, with figures within and across them that lead the card; null where there is none but
    /// perhaps <see cref="Evaluation"/> itself.</summary>
    public EvaluationReport? Across { get; init; }

    /// <summary>The licence of the weights, which comes of the data that they were trained on; null for none of their own.</summary>
    public string? Licence { get; init; }

    /// <summary>The limits of an answer, a sentence each: <see cref="ModelDescription.Limits"/>; null for the usual ones.</summary>
    public IReadOnlyList<string>? Limits { get; init; }

    /// <summary>The forms in which the model is written beside ONNX: in float32, but for TensorFlow Lite with <see cref="Float16"/> or <see cref="Int8"/>.</summary>
    public IReadOnlyList<ModelForm> Forms { get; init; } = [];
}

/// <summary>What an export gave.</summary>
/// <param name="Package">The package.</param>
/// <param name="CheckedImages">Real images on which the file was run beside the network.</param>
/// <param name="Difference">The largest difference of a probability between the file and the network in it; at most
/// <see cref="OnnxCheck.Tolerance"/>.</param>
/// <param name="StorageDifference">The largest difference between the file and the network as it was trained: more
/// than <paramref name="Difference"/> only where kernels were rounded for storage.</param>
/// <param name="Int8">How far the package, in eight bits, answers as the network in float32 does, on validation images;
/// both differences are then that one's. Null where it is not in eight bits.</param>
public sealed record ExportResult(
    ModelPackage Package,
    int CheckedImages,
    double Difference,
    double StorageDifference,
    Int8Agreement? Int8 = null)
{
    /// <summary>The forms beside ONNX, and the largest difference of a probability between the trained network and what was written, read back; of TensorFlow Lite in eight bits
    /// on the images of <see cref="Int8"/>.</summary>
    public IReadOnlyList<(ModelForm Form, double Difference)> Forms { get; init; } = [];

    /// <summary>How far TensorFlow Lite's file in eight bits answers as the network in float32 does, on the images of <see cref="Int8"/>; null where there is none.</summary>
    public Int8Agreement? TfliteInt8 { get; init; }
}

/// <summary>Turns a trained run into a model package.</summary>
public static class RunExport
{
    private const int CheckedImages = 16;

    /// <summary>The name of a model that was given none: of its run, so that no two models of one backbone are called alike.</summary>
    /// <param name="folder">The run's folder.</param>
    /// <param name="backbone">Its backbone.</param>
    public static string UsualName(string folder, Backbone backbone)
    {
        ArgumentNullException.ThrowIfNull(backbone);
        var run = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)));
        return $"{(string.IsNullOrWhiteSpace(run) ? "run" : run)}-{backbone.Name}";
    }

    /// <summary>Writes the network as ONNX, runs it beside the trained one on real images, and packs it.</summary>
    /// <param name="run">The run.</param>
    /// <param name="manifest">The data set that it was trained on, from which the images for the check are
    /// taken.</param>
    /// <param name="folder">The package; an old one is replaced once the new one has passed.</param>
    /// <param name="options">Names and words.</param>
    /// <exception cref="GyrusException">The file differs from the network, no image can be read for the check, or eight
    /// bits cost too much (<see cref="Int8Agreement.LeastLabel"/>).</exception>
    public static ExportResult Write(TrainedRun run, Manifest manifest, string folder, ExportOptions options)
    {
        var (graph, trained) = run.FoldedNetwork();
        if (options.Float16 && options.Int8)
            throw new GyrusException("A package has its kernels in float16 or in int8. Ask for one of them.");
        bool float16 = !options.Int8 && (options.Float16 || run.Record.Recipe.Float16);
        var stored = float16 ? Float16Weights.Round(trained) : trained;
        var preprocessing = run.Record.Recipe.Preprocessing;
        var model = Model(run, graph, stored, float16, options);
        var images = Images(manifest, preprocessing);
        var draft = Path.Combine(Path.GetTempPath(), $"gyrus-{Path.GetRandomFileName()}.onnx");
        var int8Draft = draft + ".int8";
        try
        {
            OnnxExporter.Write(draft, model);
            double difference = OnnxCheck.Require(
                draft, model.Names, preprocessing.Size, images, Network(graph, stored, preprocessing.Size));
            double storage = !options.Float16 || run.Record.Recipe.Float16 ? difference : OnnxCheck.Compare(
                draft, model.Names, preprocessing.Size, images, Network(graph, trained, preprocessing.Size));
            var int8 = options.Int8 ? Int8Export.Write(int8Draft, draft, model, run, manifest) : null;
            var precision = int8 is not null ? Precision.Int8 : float16 ? Precision.Float16 : Precision.Float32;
            var description = Describe(run, options, model.Names) with { Precision = precision };
            List<(ModelForm Form, double Difference)> forms = [];
            Int8Agreement? lite = null;
            var package = ModelPackage.Write(
                folder, description, stream => Copy(int8 is null ? draft : int8Draft, stream),
                ModelCard.Render(description, RunCard.Facts(run, options, int8?.Agreement)), options.Licence,
                into =>
                {
                    var keras = new KerasModel(options.Name, graph.OutsideTraining(), stored, run.Labels, preprocessing);
                    bool rounds = int8 is not null && options.Forms.Contains(ModelForm.Tflite);
                    forms.AddRange(Forms(into, keras, rounds ? [.. options.Forms.Except([ModelForm.Tflite])] : options.Forms, float16, images));
                    if (!rounds) return;
                    (double largest, lite) = TfliteInt8(into, keras, int8!);
                    forms.Add((ModelForm.Tflite, largest));
                });
            return new ExportResult(package, images.Count, difference, storage, int8?.Agreement) { Forms = forms, TfliteInt8 = lite };
        }
        finally
        {
            File.Delete(draft);
            File.Delete(int8Draft);
        }
    }

    private static IEnumerable<(ModelForm Form, double Difference)> Forms(string folder, KerasModel model, IReadOnlyList<ModelForm> forms, bool float16, IReadOnlyList<float[]> images)
    {
        if (forms.Count == 0) return [];
        float[] batch = [.. images.SelectMany(image => image)];
        var wanted = Network(model.Network, model.Tensors, model.Preprocessing.Size)(batch);
        return forms.Distinct().Select(form =>
        {
            var path = ModelForms.Write(folder, form, model, float16);
            var (graph, tensors) = ModelForms.Read(path, form);
            return (form, ModelForms.Require(path, wanted, Network(graph, tensors, model.Preprocessing.Size)(batch)));
        });
    }

    /// <summary>Writes TensorFlow Lite's file in eight bits, and compares it on the validation images.</summary>
    /// <returns>The largest difference of a probability to the network in float32, and how far both answer alike.</returns>
    /// <exception cref="GyrusException">It gives another label on too many.</exception>
    private static (double Largest, Int8Agreement Agreement) TfliteInt8(string folder, KerasModel model, Int8Network int8)
    {
        var path = ModelForms.Write(folder, ModelForm.Tflite, model, ranges: int8.Ranges);
        var (graph, tensors) = ModelForms.Read(path, ModelForm.Tflite);
        List<float[]> Answers(LayerGraph network, TensorTable weights)
        {
            var answer = Network(network, weights, model.Preprocessing.Size);
            return [.. int8.Validation.Chunk(CheckedImages).SelectMany(images => answer([.. images.SelectMany(image => image)]).Chunk(model.Labels.Count))];
        }
        var (wanted, found) = (Answers(model.Network, model.Tensors), Answers(graph, tensors));
        var agreement = Int8Agreement.Of(wanted, found, model.Labels);
        Int8Export.Require(agreement);
        return (wanted.Zip(found, ModelForms.Largest).Max(), agreement);
    }

    /// <summary>Packs a run as it is, for its own heat maps: nothing is checked, calibrated or told, and nobody should be given it.</summary>
    /// <param name="run">The run.</param>
    /// <param name="folder">The package.</param>
    public static void WriteUnchecked(TrainedRun run, string folder)
    {
        ArgumentNullException.ThrowIfNull(run);
        var options = new ExportOptions("run", "0.0.0", "", "", Float16: false, Evaluation: null, Trust: null);
        var (graph, tensors) = run.FoldedNetwork();
        var model = Model(run, graph, tensors, float16: false, options);
        var draft = Path.Combine(Path.GetTempPath(), $"gyrus-{Path.GetRandomFileName()}.onnx");
        try
        {
            OnnxExporter.Write(draft, model);
            var description = Describe(run, options, model.Names);
            ModelPackage.Write(folder, description, stream => Copy(draft, stream), ModelCard.Render(description, RunCard.Facts(run, options, null)));
        }
        finally
        {
            File.Delete(draft);
        }
    }

    private static OnnxModel Model(TrainedRun run, LayerGraph graph, TensorTable tensors, bool float16, ExportOptions options) => new(
        graph, tensors, run.Record.Recipe.Preprocessing.Size, run.Backbone.FeatureMap, run.Backbone.Graph.Output,
        OnnxModel.UsualNames with
        {
            Novelty = options.Abstention is null ? null : "novelty",
            Evidence = run.Labels.TellsTumours ? OnnxModel.UsualNames.Evidence : null,
        },
        float16,
        options.Abstention?.Statistics)
    {
        Labels = run.Labels,
        Preprocessing = run.Record.Recipe.Preprocessing,
    };

    private static Func<float[], float[]> Network(LayerGraph graph, TensorTable tensors, int size) => batch =>
    {
        using var network = new TorchNetwork(graph, tensors, batchNormEpsilon: 0);
        network.eval();
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        var input = tensor(batch).reshape(-1, 3, size, size);
        return nn.functional.softmax(network.call(input), dim: 1).data<float>().ToArray(); // [n * L]
    };

    private static List<float[]> Images(Manifest manifest, Preprocessing preprocessing)
    {
        string? reason = null;
        var images = SpreadSample.Read(
            manifest, manifest.Rows.Select(row => row.Sha256), CheckedImages, preprocessing, scan => reason = scan.Reason);
        if (images.Count > 0) return images;
        throw new GyrusException(
            $"No image of the data set can be read, so the export cannot be checked ({reason ?? "the manifest is empty"}). "
            + "Name a manifest whose images are there.");
    }

    private static ModelDescription Describe(TrainedRun run, ExportOptions options, ModelOutputs names) => new(
        ModelDescription.FormatVersionFor(run.Labels),
        options.Name,
        options.Version,
        run.Backbone.Name,
        [.. run.Labels.Names],
        run.Record.Recipe.Preprocessing,
        names,
        new ModelProvenance(
            run.Record.Recipe.DataHash,
            run.Record.Recipe.SplitHash,
            run.Record.Recipe.WeightsHash,
            run.Record.Recipe.Training.Seed,
            run.Record.TrainedAt,
            run.Record.GyrusVersion,
            run.Record.PackageVersions),
        run.Record.TrainingImages,
        run.Record.SelectionImages,
        Trust: options.Trust,
        Abstention: options.Abstention?.Settings,
        LabelMeanings: ModelDescription.MeaningsFor(run.Labels),
        Limits: options.Limits,
        Figures: RunCard.Measured(options));

    private static void Copy(string path, Stream target)
    {
        using var source = File.OpenRead(path);
        source.CopyTo(target);
    }
}
