using Gyrus.Server.Hosting;
using Xunit;

namespace Gyrus.Server.Tests.Hosting;

public sealed class ListeningAddressTests
{
    [Theory]
    [InlineData("http://127.0.0.1:8080", true)]
    [InlineData("http://localhost:8080", true)]
    [InlineData("http://[::1]:0", true)]
    [InlineData("http://0.0.0.0:8080", false)]
    [InlineData("http://*:8080", false)]
    [InlineData("http://+:8080/", false)]
    [InlineData("http://192.0.2.7", false)]
    public void IsLoopback_tells_whether_others_can_reach_it(string url, bool expected) =>
        Assert.Equal(expected, ListeningAddress.IsLoopback(url));

    [Theory]
    [InlineData("", "no address to listen on")]
    [InlineData("ftp://127.0.0.1", "no address to listen on")]
    [InlineData("http://127.0.0.1:99999", "no address to listen on")]
    [InlineData("https://127.0.0.1:8443", "stands before it")]
    [InlineData("http://127.0.0.1:8080/gyrus", "a host and a port and no more")]
    [InlineData("http://me@127.0.0.1:8080", "a host and a port and no more")]
    [InlineData("http://localhost:0", "no free port")]
    [InlineData("http://scans.example.org:8080", "a name is not listened on")]
    public void IsLoopback_of_what_cannot_be_listened_on_says_why(string url, string expected) =>
        Assert.Contains(
            expected, Assert.Throws<GyrusException>(() => ListeningAddress.IsLoopback(url)).Message, StringComparison.Ordinal);
}
