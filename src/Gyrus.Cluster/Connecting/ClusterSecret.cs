using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Gyrus.Cluster.Connecting;

/// <summary>
/// What the nodes and clients of a cluster know and nobody else does. Each proves by mutual TLS that it knows it: the secret is the private key of a certificate, and who shows another
/// public key is refused. So no authority need be kept that gives each node a certificate.
/// </summary>
public sealed class ClusterSecret
{
    /// <summary>The bytes of a secret that <see cref="Make"/> makes: as many as the key has.</summary>
    private const int Size = 32;

    private static readonly byte[] Purpose = Encoding.ASCII.GetBytes("gyrus-cluster");

    private readonly ECParameters _key;

    private ClusterSecret(byte[] secret) => _key = Key(secret);

    /// <summary>Makes a secret, as text to be kept in a file.</summary>
    public static string Make() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(Size));

    /// <summary>Reads a secret.</summary>
    /// <param name="path">A file that holds what <see cref="Make"/> made.</param>
    /// <exception cref="GyrusException">There is no such file, or it holds something else: a password that a person thinks of can be guessed from what the wire shows.</exception>
    public static ClusterSecret Read(string path)
    {
        const string remedy = "Make one, and give all nodes and clients the same.";
        try
        {
            var secret = Convert.FromBase64String(File.ReadAllText(path).Trim());
            return secret.Length == Size ? new ClusterSecret(secret) : throw new GyrusException($"{path}: this is no secret of a cluster. {remedy}");
        }
        catch (FormatException e)
        {
            throw new GyrusException($"{path}: this is no secret of a cluster. {remedy}", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new GyrusException($"{path}: the cluster's secret cannot be read ({e.Message.TrimEnd('.')}). {remedy}", e);
        }
    }

    /// <summary>A certificate of this secret, for a server and for a client.</summary>
    /// <param name="clock">When it is made; it is good for as long as a process runs.</param>
    public X509Certificate2 Certificate(TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(clock);
        using var key = ECDsa.Create(_key);
        var request = new CertificateRequest("CN=gyrus-cluster", key, HashAlgorithmName.SHA256);
        var now = clock.GetUtcNow();
        return request.CreateSelfSigned(now.AddDays(-1), now.AddYears(20));
    }

    /// <summary>Whether who shows a certificate knows the secret; the handshake has proved that it has the certificate's key.</summary>
    public bool IsShownBy(X509Certificate2? certificate)
    {
        using var own = ECDsa.Create(_key);
        using var theirs = certificate?.GetECDsaPublicKey();
        return theirs is not null && CryptographicOperations.FixedTimeEquals(own.ExportSubjectPublicKeyInfo(), theirs.ExportSubjectPublicKeyInfo());
    }

    /// <summary>A private key of the curve P-256 from the secret: 48 bytes of HKDF (RFC 5869), more than the key's 32 so that the remainder is as good as drawn
    /// (FIPS 186-5, A.2.1).</summary>
    private static ECParameters Key(byte[] secret)
    {
        var order = System.Numerics.BigInteger.Parse("0FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551", System.Globalization.NumberStyles.HexNumber,
            System.Globalization.CultureInfo.InvariantCulture);
        var drawn = new System.Numerics.BigInteger(HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, 48, info: Purpose), isUnsigned: true, isBigEndian: true);
        var scalar = (drawn % (order - 1)) + 1;
        var bytes = scalar.ToByteArray(isUnsigned: true, isBigEndian: true);
        return new ECParameters { Curve = ECCurve.NamedCurves.nistP256, D = [.. new byte[32 - bytes.Length], .. bytes] };
    }
}
