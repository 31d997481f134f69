using Gyrus.Data;
using Gyrus.Learning.Backbones;

namespace Gyrus.Learning.Weights;

/// <summary>A public file of Keras's with a backbone's ImageNet weights, without the top.</summary>
/// <param name="Address">Where it is: the addresses and hashes of keras-team/keras, keras/src/applications.</param>
/// <param name="Hash">Its hash; Keras publishes MD5.</param>
/// <param name="Licence">What Keras's documentation says of its licence.</param>
public sealed record PublishedWeights(Uri Address, FileHash Hash, string Licence)
{
    /// <summary>The file of a backbone.</summary>
    /// <exception cref="ArgumentException">None is known.</exception>
    public static PublishedWeights Of(Backbone backbone) => backbone.Name switch
    {
        "resnet50" => new PublishedWeights(
            new Uri("https://storage.googleapis.com/tensorflow/keras-applications/resnet/"
                + "resnet50_weights_tf_dim_ordering_tf_kernels_notop.h5"),
            FileHash.Md5("4d473c1dd8becc155b73f8504c6f6626"),
            "MIT: ported by Keras from the weights of Kaiming He"),
        "xception" => new PublishedWeights(
            new Uri("https://storage.googleapis.com/tensorflow/keras-applications/xception/"
                + "xception_weights_tf_dim_ordering_tf_kernels_notop.h5"),
            FileHash.Md5("b0042744bf5b25fce3cb969f33bebb97"),
            "MIT: trained by the author of Keras"),
        _ => throw new ArgumentException($"no published weights of {backbone.Name} are known", nameof(backbone)),
    };
}
