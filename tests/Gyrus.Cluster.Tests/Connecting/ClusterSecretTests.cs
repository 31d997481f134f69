using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Gyrus.Cluster.Connecting;
using Gyrus.Testing;
using Xunit;

namespace Gyrus.Cluster.Tests.Connecting;

public sealed class ClusterSecretTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task WhoHasTheSameSecretIsKnownAndOthersAreNot()
    {
        var text = ClusterSecret.Make();
        await Shake(Secret(text), Secret(text));
        await Assert.ThrowsAsync<AuthenticationException>(() => Shake(Secret(text), Secret(ClusterSecret.Make())));
    }

    /// <summary>A certificate can be copied off the wire; its key cannot.</summary>
    [Fact]
    public void ACertificateOfAnotherKeyOrNoneIsRefused()
    {
        var secret = Secret(ClusterSecret.Make());
        using var stranger = new CertificateRequest("CN=gyrus cluster", ECDsa.Create(ECCurve.NamedCurves.nistP256), HashAlgorithmName.SHA256)
            .CreateSelfSigned(TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddDays(1));
        using var rsa = new CertificateRequest("CN=gyrus cluster", RSA.Create(2048), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            .CreateSelfSigned(TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddDays(1));
        Assert.False(secret.IsShownBy(stranger));
        Assert.False(secret.IsShownBy(rsa));
        Assert.False(secret.IsShownBy(null));
        using var own = secret.Certificate(TimeProvider.System);
        Assert.True(secret.IsShownBy(own));
    }

    /// <summary>Many, since a key's number may begin with zeros or be larger than the curve's order.</summary>
    [Fact]
    public void EverySecretMakesAKeyThatTheLibraryTakes() => Assert.All(Enumerable.Range(0, 300), _ =>
    {
        using var certificate = Secret(ClusterSecret.Make()).Certificate(TimeProvider.System);
        Assert.True(certificate.HasPrivateKey);
    });

    [Theory]
    [InlineData("a password that a person thought of")]
    [InlineData("c2hvcnQ=")]
    [InlineData("")]
    public void WhatCouldBeGuessedIsRefused(string text)
    {
        var error = Assert.Throws<GyrusException>(() => Secret(text));
        Assert.Contains("Make one", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AFileThatIsNotThereIsNamed() =>
        Assert.Contains("none.secret", Assert.Throws<GyrusException>(() => ClusterSecret.Read(_folder.File("none.secret"))).Message, StringComparison.Ordinal);

    private ClusterSecret Secret(string text)
    {
        var path = _folder.File(Guid.NewGuid().ToString());
        File.WriteAllText(path, text + "\n");
        return ClusterSecret.Read(path);
    }

    private static async Task Shake(ClusterSecret server, ClusterSecret client)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var calling = new TcpClient();
        var accepting = listener.AcceptTcpClientAsync();
        await calling.ConnectAsync((IPEndPoint)listener.LocalEndpoint);
        using var called = await accepting;
        using var served = new SslStream(called.GetStream(), leaveInnerStreamOpen: false, (_, shown, _, _) => server.IsShownBy(shown as X509Certificate2));
        using var asking = new SslStream(calling.GetStream(), leaveInnerStreamOpen: false, (_, shown, _, _) => client.IsShownBy(shown as X509Certificate2));
        await Task.WhenAll(
            served.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = server.Certificate(TimeProvider.System), ClientCertificateRequired = true }),
            asking.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = "gyrus", ClientCertificates = [client.Certificate(TimeProvider.System)] }));
    }
}
