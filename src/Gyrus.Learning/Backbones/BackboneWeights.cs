using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Gyrus.Learning.Tensors;

namespace Gyrus.Learning.Backbones;

/// <summary>The pretrained weights of a backbone.</summary>
/// <param name="Backbone">The backbone's name, such as <c>resnet50</c>.</param>
/// <param name="Tensors">Just the tensors of the backbone's graph, under the graph's names.</param>
/// <param name="BatchNormEpsilon">
/// The number under batch norm's root. It goes with the weights and not with the network: Keras's ResNet50 has used
/// 0.001 with its old layer names and 1.001e-5 with its new ones; Xception uses 0.001.
/// </param>
/// <param name="Source">Where they came from, in words.</param>
public sealed record BackboneWeights(string Backbone, TensorTable Tensors, double BatchNormEpsilon, string Source)
{
    /// <summary>
    /// What the weights are, as a SHA-256 in lower-case hexadecimal digits: over the epsilon and over each tensor's
    /// name, shape and values, by name. Where they came from does not change it. It is computed anew at each call
    /// (0.1 s for 100 MB).
    /// </summary>
    public string Hash()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> number = stackalloc byte[sizeof(double)];
        BinaryPrimitives.WriteDoubleLittleEndian(number, BatchNormEpsilon);
        hash.AppendData(number);
        foreach (var tensor in Tensors.Tensors.OrderBy(tensor => tensor.Name, StringComparer.Ordinal))
        {
            hash.AppendData(Encoding.UTF8.GetBytes(FormattableString.Invariant(
                $"{tensor.Name}\n{string.Join(',', tensor.Shape)}\n")));
            hash.AppendData(MemoryMarshal.AsBytes(tensor.Values.AsSpan()));
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
