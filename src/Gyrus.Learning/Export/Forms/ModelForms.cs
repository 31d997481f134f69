using System.Globalization;
using Gyrus.Learning.Export.Int8;
using Gyrus.Learning.Export.Keras;
using Gyrus.Learning.Export.Tflite;
using Gyrus.Learning.Layers;
using Gyrus.Learning.Tensors;
using Gyrus.Learning.Weights;
using Gyrus.Learning.Weights.Tflite;

namespace Gyrus.Learning.Export.Forms;

/// <summary>Writes a model for other people's programs, and reads what was written.</summary>
internal static class ModelForms
{
    /// <summary>The file or folder of a form, in the folder of a model.</summary>
    public static string Name(ModelForm form) => form switch
    {
        ModelForm.Keras => "model.keras",
        ModelForm.H5 => "model.h5",
        ModelForm.Tflite => "model.tflite",
        _ => "tfjs",
    };

    /// <summary>Writes a form.</summary>
    /// <param name="folder">The model's folder.</param>
    /// <param name="form">Which.</param>
    /// <param name="model">The model.</param>
    /// <param name="float16">Whether TensorFlow Lite's kernels are kept as float16, of which they must be; other forms are in float32.</param>
    /// <param name="ranges">The ranges in which TensorFlow Lite holds values in eight bits, by the layers that give them; null for none.</param>
    /// <returns>The file or folder.</returns>
    public static string Write(string folder, ModelForm form, KerasModel model, bool float16 = false, IReadOnlyDictionary<string, ValueRange>? ranges = null)
    {
        var path = Path.Combine(folder, Name(form));
        switch (form)
        {
            case ModelForm.Keras:
                KerasZipForm.Write(path, model);
                break;
            case ModelForm.H5:
                KerasH5Form.Write(path, model);
                break;
            case ModelForm.Tflite:
                TfliteForm.Write(path, model, float16, ranges);
                break;
            default:
                TfjsForm.Write(path, model);
                break;
        }
        return path;
    }

    /// <summary>Reads the network back, from what was written alone, batch norm folded.</summary>
    /// <param name="path">The file or folder.</param>
    /// <param name="form">Which.</param>
    /// <exception cref="GyrusException">It cannot be read.</exception>
    public static (LayerGraph Graph, TensorTable Tensors) Read(string path, ModelForm form)
    {
        if (form == ModelForm.Tflite)
        {
            var lite = TfliteFile.Read(path);
            return (lite.Graph, lite.Tensors);
        }
        var keras = KerasModelFile.Read(path);
        return BatchNormFolding.Fold(keras.Graph, keras.Tensors, keras.BatchNormEpsilon);
    }

    /// <summary>The largest difference of a probability; NaN where one is none.</summary>
    public static double Largest(float[] wanted, float[] found)
    {
        double largest = 0;
        for (int i = 0; i < wanted.Length; i++) largest = Math.Max(largest, Math.Abs((double)wanted[i] - found[i]));
        return largest;
    }

    /// <summary>Refuses a form whose network, read back, gives other probabilities.</summary>
    /// <param name="path">The file or folder, for the message.</param>
    /// <param name="wanted">The trained network's probabilities.</param>
    /// <param name="found">Those of what was written.</param>
    /// <returns>The largest difference.</returns>
    /// <exception cref="GyrusException">It is above <see cref="OnnxCheck.Tolerance"/>.</exception>
    public static double Require(string path, float[] wanted, float[] found)
    {
        double largest = Largest(wanted, found);
        if (largest <= OnnxCheck.Tolerance) return largest;
        throw new GyrusException(string.Create(
            CultureInfo.InvariantCulture, $"{path}: differs from the trained network by {largest:0.######} in a probability; at most 0.0001 is allowed. Do not use it; report this with the run's folder."));
    }
}
