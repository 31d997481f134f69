namespace Gyrus.Learning.Layers;

/// <summary>What becomes of an ONNX operator's output where a network is brought to eight bits.</summary>
public enum EightBits
{
    /// <summary>It is computed in float32.</summary>
    Float32,

    /// <summary>A convolution: what it takes and gives is held in eight bits, and it is computed in whole numbers.</summary>
    Convolution,

    /// <summary>It picks from what it takes, such as a maximum: held in eight bits where that is, in the same range.</summary>
    SameRange,

    /// <summary>It joins what it takes, such as a sum: held in eight bits where all of that is, in a range of its own.</summary>
    OwnRange,

    /// <summary>A ReLU, which a runtime computes together with the operator before it: the range is measured behind both.</summary>
    WithOperatorBefore,
}
