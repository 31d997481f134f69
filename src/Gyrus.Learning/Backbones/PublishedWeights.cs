using Gyrus.Data.Downloads;

namespace Gyrus.Learning.Backbones;

/// <summary>A public file of Keras's with a backbone's ImageNet weights, without the top.</summary>
/// <param name="Address">Where it is: the addresses and hashes of keras-team/keras, keras/src/applications.</param>
/// <param name="Hash">Its hash; Keras publishes MD5. Null where it publishes none: then only the names and shapes of the weights are checked.</param>
/// <param name="Licence">What Keras's documentation says of its licence.</param>
public sealed record PublishedWeights(Uri Address, FileHash? Hash, string Licence);
