using Gyrus.Learning.Export;
using Gyrus.Learning.Layers;
using Gyrus.Learning.Weights;

namespace Gyrus.Learning.Import;

/// <summary>Makes ONNX of a classifier that Keras or TensorFlow.js keeps: a backbone, the mean over its last feature map, and dense layers.</summary>
internal static class KerasImport
{
    /// <summary>Reads a classifier.</summary>
    /// <param name="path">A <c>.keras</c> file, a whole model as <c>.h5</c>, or a TensorFlow.js layers folder.</param>
    /// <param name="options">What the file does not say.</param>
    /// <exception cref="GyrusException">It cannot be read, or is no such classifier of so many labels.</exception>
    public static ImportedModel Read(string path, ImportOptions options)
    {
        var file = KerasModelFile.Read(path);
        var (folded, tensors) = BatchNormFolding.Fold(file.Graph, file.Tensors, file.BatchNormEpsilon);
        var network = folded.OutsideTraining();
        int size = ModelImport.Size(path, file.InputSize, options);
        if (network.Layers.OfType<GlobalAveragePooling>().LastOrDefault() is not { } pooling || network.Layers[^1] is not Dense)
            throw new GyrusException($"{path}: this is no classifier that Gyrus knows: it needs the mean over a feature map (GlobalAveragePooling2D) and a dense layer at the end. Save it as an ONNX file.");
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
}
