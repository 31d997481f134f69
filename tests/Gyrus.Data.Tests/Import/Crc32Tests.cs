using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace Gyrus.Data.Tests.Import;

public sealed class Crc32Tests
{
    /// <summary>The check value of CRC-32 in Ross Williams, "A Painless Guide to CRC Error Detection Algorithms".</summary>
    [Fact]
    public void Append_of_the_nine_digits_gives_the_published_check_value() =>
        Assert.Equal(0xCBF43926, Crc32.Append(0, "123456789"u8));

    [Fact]
    public void Append_in_pieces_gives_the_checksum_of_the_whole() =>
        Prop.ForAll<byte[], byte[]>((first, second) =>
            Crc32.Append(Crc32.Append(0, first), second) == Crc32.Append(0, [.. first, .. second]))
            .QuickCheckThrowOnFailure();
}
