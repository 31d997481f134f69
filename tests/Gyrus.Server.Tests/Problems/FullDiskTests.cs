using Gyrus.Server.Problems;
using Gyrus.Testing;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Gyrus.Server.Tests.Problems;

public sealed class FullDiskTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_database_that_may_not_grow_is_a_full_disk_also_where_it_is_wrapped()
    {
        using var connection = new SqliteConnection($"Data Source={_folder.File("full.sqlite")};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "CREATE TABLE t (x BLOB)";
        command.ExecuteNonQuery();
        command.CommandText = "PRAGMA max_page_count = 4";
        Assert.Equal(4L, command.ExecuteScalar());
        command.CommandText = "INSERT INTO t VALUES (randomblob(200000))";

        var full = Assert.Throws<SqliteException>(() => command.ExecuteNonQuery());

        Assert.True(FullDisk.IsBehind(full));
        Assert.True(FullDisk.IsBehind(new DbUpdateException("not saved", full)));
    }

    [Fact]
    public void A_device_without_room_is_a_full_disk()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "there is no /dev/full on this system");

        var full = Assert.ThrowsAny<IOException>(() =>
        {
            using var stream = new FileStream("/dev/full", FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
            stream.Write([1, 2, 3]);
        });

        Assert.True(FullDisk.IsBehind(full));
    }

    // winerror.h: ERROR_WRITE_PROTECT, ERROR_HANDLE_DISK_FULL and ERROR_DISK_FULL are; ERROR_SHARING_VIOLATION is not.
    [Theory]
    [InlineData(0x80070013, true)]
    [InlineData(0x80070027, true)]
    [InlineData(0x80070070, true)]
    [InlineData(0x80070020, false)]
    public void What_Windows_says_of_a_full_disk_is_known(uint result, bool expected) =>
        Assert.Equal(expected, FullDisk.IsBehind(new IOException("told by the system", unchecked((int)result))));

    [Fact]
    public void Other_faults_are_none()
    {
        Assert.False(FullDisk.IsBehind(new InvalidOperationException("no", new FileNotFoundException("gone"))));
        Assert.False(FullDisk.IsBehind(new SqliteException("constraint", 19)));
    }
}
