namespace Gyrus.Models;

/// <summary>What the kernels of a network are stored as.</summary>
public enum Precision
{
    /// <summary>As they were trained.</summary>
    Float32,

    /// <summary>In half the space; computed in float32.</summary>
    Float16,

    /// <summary>In a quarter of the space, and the backbone is computed in whole numbers of eight bits.</summary>
    Int8,
}
