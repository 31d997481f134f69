namespace Gyrus.Learning.Export.Keras;

/// <summary>A form beside ONNX in which a model is written for other people's programs.</summary>
public enum ModelForm
{
    /// <summary>Keras 3's file, <c>model.keras</c>.</summary>
    Keras,

    /// <summary>The HDF5 file of Keras before 3, which Keras 3 reads too: <c>model.h5</c>.</summary>
    H5,

    /// <summary>A TensorFlow.js layers model: the folder <c>tfjs</c>.</summary>
    Tfjs,

    /// <summary>TensorFlow Lite's file, now LiteRT's: <c>model.tflite</c>.</summary>
    Tflite,
}
