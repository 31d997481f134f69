namespace Gyrus.Learning.Layers;

/// <summary>The size of a layer's output for one image; height and width are 1 where there is no position left.</summary>
/// <param name="Channels">Channels, or values of a vector.</param>
/// <param name="Height">Rows.</param>
/// <param name="Width">Columns.</param>
public readonly record struct LayerShape(int Channels, int Height, int Width);
