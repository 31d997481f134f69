namespace Gyrus.Data.Downloads;

/// <summary>How patient a download is, and the clock and disk that it sees.</summary>
public sealed record DownloadOptions
{
    /// <summary>Tries in a row that get no further before the download gives up; at least 1, 6 unless set.</summary>
    public int Tries { get; init; } = 6;

    /// <summary>How long the connection may stay silent before it counts as cut; 60 seconds unless set.</summary>
    public TimeSpan Silence { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>The clock that <see cref="Silence"/> goes by; the system's unless set.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Waits before the next try; the system's clock unless set.</summary>
    public Func<TimeSpan, CancellationToken, Task> Delay { get; init; } = Task.Delay;

    /// <summary>The bytes free for this user in a folder, or null where that is not known.</summary>
    public Func<string, long?> FreeSpace { get; init; } = FreeSpaceOf;

    private static long? FreeSpaceOf(string folder)
    {
        try
        {
            // Unix takes any folder of a file system, Windows only a drive's root.
            return new DriveInfo(OperatingSystem.IsWindows() ? Path.GetPathRoot(folder)! : folder).AvailableFreeSpace;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }
}
