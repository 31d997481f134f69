namespace Gyrus.Learning.Weights;

/// <summary>The pretrained weights of a backbone.</summary>
/// <param name="Backbone">The backbone's name, <c>resnet50</c> or <c>xception</c>.</param>
/// <param name="Tensors">Just the tensors of the backbone's graph, under the graph's names.</param>
/// <param name="BatchNormEpsilon">
/// The number under batch norm's root. It goes with the weights and not with the network: Keras's ResNet50 has used
/// 0.001 with its old layer names and 1.001e-5 with its new ones; Xception uses 0.001.
/// </param>
/// <param name="Source">Where they came from, in words.</param>
public sealed record BackboneWeights(string Backbone, TensorTable Tensors, double BatchNormEpsilon, string Source);
