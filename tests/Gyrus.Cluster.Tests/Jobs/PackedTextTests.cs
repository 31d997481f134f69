using FsCheck;
using FsCheck.Fluent;
using Gyrus.Cluster.Jobs;
using Xunit;

namespace Gyrus.Cluster.Tests.Jobs;

public sealed class PackedTextTests
{
    [Fact]
    public void TextsComeOutAsTheyWentIn() => Prop.ForAll(
        ArbMap.Default.GeneratorFor<string>().Where(text => text is not null && !text.Contains('\0', StringComparison.Ordinal) && text.All(c => !char.IsSurrogate(c))).ArrayOf().ToArbitrary(),
        texts => Assert.Equal(texts, PackedText.Unpack(PackedText.Pack(texts)))).QuickCheckThrowOnFailure();

    [Fact]
    public void BytesComeOutAsTheyWentIn() => Prop.ForAll(
        ArbMap.Default.ArbFor<byte[]>(), bytes => Assert.Equal(bytes, PackedText.UnpackBytes(PackedText.Pack(bytes)))).QuickCheckThrowOnFailure();
}
