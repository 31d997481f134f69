namespace Gyrus.Server.Uploads;

/// <summary>How many images a request may bring, and how large ones.</summary>
/// <param name="LargestImage">Bytes of one image file at most.</param>
/// <param name="MostImages">Images of one request at most.</param>
internal sealed record ImageLimits(int LargestImage, int MostImages);
