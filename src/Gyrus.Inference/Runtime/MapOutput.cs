namespace Gyrus.Inference.Runtime;

/// <summary>An output of a network that has values for cells that tile its input.</summary>
/// <param name="Name">Its name in the graph.</param>
/// <param name="Maps">Maps an image: 1, or one a label.</param>
/// <param name="Width">Cells across.</param>
/// <param name="Height">Cells down.</param>
internal sealed record MapOutput(string Name, int Maps, int Width, int Height)
{
    /// <summary>Values an image, [Maps, Height, Width].</summary>
    public int Length => Maps * Width * Height;
}
