
namespace Gyrus.Learning.Weights;

/// <summary>The pretrained weights of a backbone are not in the store.</summary>
public sealed class MissingWeightsException : GyrusException
{
    internal MissingWeightsException(string backbone, string path)
        : base($"The pretrained weights of {backbone} are not on this machine ({path}). Download them, or add them from "
            + "Keras's .h5, .keras or TF.js layers folder.")
    {
        Backbone = backbone;
    }

    /// <summary>The name of the backbone.</summary>
    public string Backbone { get; }
}
