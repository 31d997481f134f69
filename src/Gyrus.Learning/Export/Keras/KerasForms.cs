using System.Globalization;

namespace Gyrus.Learning.Export.Keras;

/// <summary>Writes a model in Keras's forms.</summary>
internal static class KerasForms
{
    /// <summary>The file or folder of a form, in the folder of a model.</summary>
    public static string Name(ModelForm form) => form switch
    {
        ModelForm.Keras => "model.keras",
        ModelForm.H5 => "model.h5",
        _ => "tfjs",
    };

    /// <summary>Writes a form.</summary>
    /// <param name="folder">The model's folder.</param>
    /// <param name="form">Which.</param>
    /// <param name="model">The model.</param>
    /// <returns>The file or folder.</returns>
    public static string Write(string folder, ModelForm form, KerasModel model)
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
            default:
                TfjsForm.Write(path, model);
                break;
        }
        return path;
    }

    /// <summary>Refuses a form whose network, read back, gives other probabilities.</summary>
    /// <param name="path">The file or folder, for the message.</param>
    /// <param name="wanted">The trained network's probabilities.</param>
    /// <param name="found">Those of what was written.</param>
    /// <returns>The largest difference.</returns>
    /// <exception cref="GyrusException">It is above <see cref="OnnxCheck.Tolerance"/>.</exception>
    public static double Require(string path, float[] wanted, float[] found)
    {
        double largest = 0;
        for (int i = 0; i < wanted.Length; i++) largest = Math.Max(largest, Math.Abs((double)wanted[i] - found[i]));
        if (largest <= OnnxCheck.Tolerance) return largest;
        throw new GyrusException(string.Create(
            CultureInfo.InvariantCulture, $"{path}: differs from the trained network by {largest:0.######} in a probability; at most 0.0001 is allowed. Do not use it; report this with the run's folder."));
    }
}
