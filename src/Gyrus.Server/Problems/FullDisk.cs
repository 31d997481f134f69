using Microsoft.Data.Sqlite;
using Npgsql;

namespace Gyrus.Server.Problems;

/// <summary>Tells a disk that is full, or that cannot be written, from a defect.</summary>
internal static class FullDisk
{
    // SQLite's result codes: https://www.sqlite.org/rescode.html
    private const int SqliteReadOnly = 8;
    private const int SqliteInputOutput = 10;
    private const int SqliteFull = 13;

    // errno.h; .NET gives the number as the exception's result.
    private const int TooBigAFile = 27;
    private const int NoSpaceLeft = 28;
    private const int ReadOnlyFileSystem = 30;
    private const int QuotaExceeded = 122; // Linux
    private const int MacQuotaExceeded = 69;

    // winerror.h, as HRESULT_FROM_WIN32 gives them.
    private const int WriteProtected = unchecked((int)0x80070013);
    private const int HandleDiskFull = unchecked((int)0x80070027);
    private const int WindowsDiskFull = unchecked((int)0x80070070);

    /// <summary>Whether it is what an exception, or one behind it, says.</summary>
    public static bool IsBehind(Exception? exception) => exception switch
    {
        null => false,
        SqliteException { SqliteErrorCode: SqliteReadOnly or SqliteInputOutput or SqliteFull } => true,
        PostgresException { SqlState: PostgresErrorCodes.DiskFull } => true,
        IOException { HResult: TooBigAFile or NoSpaceLeft or ReadOnlyFileSystem or QuotaExceeded or MacQuotaExceeded } => true,
        IOException { HResult: WriteProtected or HandleDiskFull or WindowsDiskFull } => true,
        _ => IsBehind(exception.InnerException),
    };
}
