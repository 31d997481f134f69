using Gyrus.Models;

namespace Gyrus.Learning.Import;

/// <summary>A network as ONNX, taken out of another program's file.</summary>
/// <param name="Network">The ONNX file.</param>
/// <param name="Outputs">The names of what it takes and gives.</param>
/// <param name="Size">Width and height of its input in pixels.</param>
internal sealed record ImportedModel(byte[] Network, ModelOutputs Outputs, int Size);
