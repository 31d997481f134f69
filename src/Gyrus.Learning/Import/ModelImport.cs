using Gyrus.Imaging.Tensors;
using Gyrus.Learning.Export;
using Gyrus.Learning.Runs;
using Gyrus.Learning.Weights.Tflite;
using Gyrus.Models;
using Microsoft.ML.OnnxRuntime;

namespace Gyrus.Learning.Import;

/// <summary>Makes a model package of a classifier that another program trained.</summary>
public static class ModelImport
{
    private const int HeadBytes = 8;
    private const double Rounding = 1e-4;

    // Nobody knows the data of a model that comes without it.
    private static readonly string Unknown = new('0', 64);

    /// <summary>Reads a classifier, runs it, and packs it.</summary>
    /// <param name="path">A <c>.keras</c> file, a whole model as <c>.h5</c>, a TensorFlow.js layers folder, a <c>.tflite</c> file, or an ONNX file.</param>
    /// <param name="folder">The package; an old one is replaced.</param>
    /// <param name="options">What the file does not say.</param>
    /// <exception cref="GyrusException">The file cannot be read, or is no classifier of these labels.</exception>
    public static ModelPackage Write(string path, string folder, ImportOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (!File.Exists(path) && !Directory.Exists(path)) throw new GyrusException($"{path}: there is no such file or folder. Give a Keras model (.keras, .h5, a TF.js folder), a .tflite or an ONNX file.");
        bool isOnnx = IsOnnx(path);
        var model = isOnnx ? OnnxImport.Read(path, options, isProbability: false) : KerasImport.Read(path, options);
        if (AreProbabilities(Answers(path, model, options), options.Labels.Count) && isOnnx) model = OnnxImport.Read(path, options, isProbability: true);
        var description = new ModelDescription(
            ModelDescription.FormatVersionFor(options.Labels),
            options.Name,
            options.Version,
            "imported",
            [.. options.Labels.Names],
            new Preprocessing(model.Size, options.Kernel, options.Normalisation, options.Framing),
            model.Outputs,
            new ModelProvenance(Unknown, Unknown, Unknown, 0, File.GetLastWriteTimeUtc(path), LibraryVersions.Gyrus, LibraryVersions.All),
            TrainingImages: [],
            SelectionImages: [],
            LabelMeanings: ModelDescription.MeaningsFor(options.Labels));
        var name = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(path)));
        var facts = new CardFacts(
            $"Imported from {name}. What it was trained on, and chosen on, is not known: no evaluation can tell whether it has seen the images that it is judged on, unless copies are looked for "
            + "in the data that its maker names.",
            "Not known.", "that of its maker", [], ["Zeros in the place of hashes stand for what is not known."]);
        return ModelPackage.Write(folder, description, stream => stream.Write(model.Network), ModelCard.Render(description, facts));
    }

    /// <summary>The size of the input: what the file says, where it says one, else what was given.</summary>
    internal static int Size(string path, int filed, ImportOptions options)
    {
        if (filed > 0 && options.Size > 0 && filed != options.Size) throw new GyrusException($"{path}: takes images of {filed} pixels, not of {options.Size}. Leave the size out.");
        return filed > 0 ? filed : options.Size > 0 ? options.Size : throw new GyrusException($"{path}: does not say the size of its images. Give it.");
    }

    /// <summary>Checks that there is a label for each number that the classifier gives.</summary>
    internal static void RequireLabels(string path, int outputs, ImportOptions options)
    {
        if (outputs == 0 || outputs == options.Labels.Count) return;
        if (outputs == 1) throw new GyrusException($"{path}: gives one number an image, as a sigmoid does. Name two labels: the one that 0 stands for, and the one that 1 stands for.");
        throw new GyrusException($"{path}: gives {outputs} numbers an image, and {options.Labels.Count} labels were named: {string.Join(", ", options.Labels.Names)}. Name as many, in its order.");
    }

    /// <summary>Whether each row is of numbers from 0 to 1 whose sum is 1, which logits of noise are not.</summary>
    private static bool AreProbabilities(float[] answers, int labels) =>
        answers.Chunk(labels).All(row => Array.TrueForAll(row, value => value is >= 0 and <= 1) && Math.Abs(row.Sum() - 1) < Rounding);

    /// <summary>What the network gives for two images at once, of noise: [2, L].</summary>
    private static float[] Answers(string path, ImportedModel model, ImportOptions options)
    {
        try
        {
            using var sessionOptions = OnnxSession.Options();
            using var session = new InferenceSession(model.Network, sessionOptions);
            using var images = OrtValue.CreateTensorValueFromMemory(Noise(2 * 3 * model.Size * model.Size), [2, 3, model.Size, model.Size]);
            using var run = new RunOptions();
            using var outputs = session.Run(run, [model.Outputs.Input], [images], [model.Outputs.Logits]);
            long[] shape = outputs[0].GetTensorTypeAndShape().Shape;
            return shape.SequenceEqual([2, options.Labels.Count]) ? outputs[0].GetTensorDataAsSpan<float>().ToArray()
                : throw new GyrusException($"{path}: gives [{string.Join(", ", shape)}] for two images and {options.Labels.Count} labels. Name as many labels as it gives numbers, in its order.");
        }
        catch (OnnxRuntimeException e)
        {
            throw new GyrusException($"{path}: ONNX Runtime cannot run this network on two images at once ({e.Message}). Save it with a free number of images, and with its weights inside.", e);
        }
    }

    private static float[] Noise(int count)
    {
        var random = new SeededRandom(1);
        var values = new float[count];
        for (int i = 0; i < count; i++) values[i] = (float)((random.NextDouble() * 2) - 1);
        return values;
    }

    /// <summary>Whether a file is one of TensorFlow Lite.</summary>
    internal static bool IsTflite(string path) => TfliteFile.Begins(Head(path));

    // ModelProto begins with its ir_version: field 1, a number.
    private static bool IsOnnx(string path) => !IsTflite(path) && Head(path) is [0x08, ..];

    private static byte[] Head(string path)
    {
        if (Directory.Exists(path)) return [];
        using var file = File.OpenRead(path);
        var head = new byte[HeadBytes];
        return head[..file.ReadAtLeast(head, HeadBytes, throwOnEndOfStream: false)];
    }
}
