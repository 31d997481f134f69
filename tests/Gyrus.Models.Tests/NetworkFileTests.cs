using System.Text;
using Gyrus.Testing;
using Xunit;

namespace Gyrus.Models.Tests;

public sealed class NetworkFileTests : IDisposable
{
    private readonly TempFolder _temp = new();

    [Fact]
    public void Write_puts_the_hash_of_the_network_into_the_description()
    {
        var written = Write("model", "network");

        Assert.Equal(NetworkFile.Hash("network"u8), written.Description.NetworkHash);
        Assert.Equal(written.Description.NetworkHash, ModelPackage.Load(written.Folder).Description.NetworkHash);
        Assert.Null(NetworkFile.Doubt(written));
        NetworkFile.Require(written, NetworkFile.Read(written));
    }

    [Theory]
    [InlineData("netw0rk")]
    [InlineData("net")]
    [InlineData("")]
    public void Require_of_other_bytes_names_the_file_and_what_to_do(string other)
    {
        var package = Write("model", "network");
        File.WriteAllText(package.OnnxPath, other);

        var error = Assert.Throws<GyrusException>(() => NetworkFile.Require(package, NetworkFile.Read(package)));

        Assert.StartsWith(package.OnnxPath + ": this is not the network that model.json was written for", error.Message, StringComparison.Ordinal);
        Assert.Contains("copy the whole folder again", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_fills_in_the_hash_of_what_it_writes_whatever_the_manifest_said()
    {
        var package = ModelPackage.Write(
            _temp.File("model"), SampleDescription.Create() with { NetworkHash = new string('0', 64) }, stream => stream.WriteByte(1), "card");

        Assert.Equal(NetworkFile.Hash([1]), package.Description.NetworkHash);
    }

    [Fact]
    public void A_package_from_before_the_hash_was_written_loads_and_says_that_nothing_was_compared()
    {
        var package = Write("model", "network");
        File.WriteAllText(
            Path.Combine(package.Folder, ModelPackage.DescriptionFile), ModelPackage.ToJson(package.Description with { NetworkHash = null }));

        var old = ModelPackage.Load(package.Folder);

        NetworkFile.Require(old, "anything"u8);
        Assert.Contains(old.Folder, NetworkFile.Doubt(old), StringComparison.Ordinal);
    }

    public void Dispose() => _temp.Dispose();

    private ModelPackage Write(string name, string network) => ModelPackage.Write(
        _temp.File(name), SampleDescription.Create(), stream => stream.Write(Encoding.UTF8.GetBytes(network)), "card\n");
}
