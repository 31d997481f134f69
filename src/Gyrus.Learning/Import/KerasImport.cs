using Gyrus.Learning.Export;
using Gyrus.Learning.Layers;
using Gyrus.Learning.Tensors;
using Gyrus.Learning.Weights;
using Gyrus.Learning.Weights.Tflite;

namespace Gyrus.Learning.Import;

/// <summary>Makes ONNX of a classifier that Keras, TensorFlow.js or TensorFlow Lite keeps: a backbone, the mean over its last feature map, and dense layers.</summary>
internal static class KerasImport
{
    /// <summary>Reads a classifier.</summary>
    /// <param name="path">A <c>.keras</c> file, a whole model as <c>.h5</c>, a TensorFlow.js layers folder, or a <c>.tflite</c> file.</param>
    /// <param name="options">What the file does not say.</param>
    /// <exception cref="GyrusException">It cannot be read, or is no such classifier of so many labels.</exception>
    public static ImportedModel Read(string path, ImportOptions options)
    {
        var (network, tensors, filed) = ModelImport.IsTflite(path) ? Lite(path) : Keras(path);
        int size = ModelImport.Size(path, filed, options);
        if (network.Layers.OfType<GlobalAveragePooling>().LastOrDefault() is not { } pooling || network.Layers[^1] is not Dense)
            throw new GyrusException($"{path}: this is no classifier that Gyrus knows: it needs the mean over a feature map (GlobalAveragePooling2D) and a dense layer at the end. Save it as an ONNX file.");
        if (BinaryHead.Has(network) && options.Labels.Count == 2) (network, tensors) = BinaryHead.Doubled(network, tensors);
        ModelImport.RequireLabels(path, network.Shapes(size)[network.Output].Channels, options);
        var names = OnnxModel.UsualNames with { Evidence = options.Labels.TellsTumours ? OnnxModel.UsualNames.Evidence : null };
        using var memory = new MemoryStream();
        try
        {
            OnnxExporter.Write(memory, new OnnxModel(network, tensors, size, pooling.From, pooling.Name, names, Float16: false) { Labels = options.Labels });
        }
        catch (ArgumentException e)
        {
            throw new GyrusException($"{path}: {e.Message} Save the model as an ONNX file, and import that.", e);
        }
        return new(memory.ToArray(), names, size);
    }

    private static (LayerGraph Network, TensorTable Tensors, int Size) Keras(string path)
    {
        var file = KerasModelFile.Read(path);
        var (folded, tensors) = BatchNormFolding.Fold(file.Graph, file.Tensors, file.BatchNormEpsilon);
        return (folded.OutsideTraining(), tensors, file.InputSize);
    }

    private static (LayerGraph Network, TensorTable Tensors, int Size) Lite(string path)
    {
        var file = TfliteFile.Read(path);
        return (file.Graph, file.Tensors, file.InputSize);
    }
}
