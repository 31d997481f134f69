using System.Diagnostics;
using Npgsql;
using Xunit;

namespace Gyrus.Testing.PostgreSql;

/// <summary>A PostgreSQL server of a test run's own, made when a test first asks for a database and removed at the end. It
/// listens on a socket in its folder alone.</summary>
public sealed class PostgreSqlServer : IDisposable
{
    private const string DebianFolder = "/usr/lib/postgresql";

    // PostgreSQL does not run as root, which a container's user often is; Debian's package makes this user.
    private const string User = "postgres";

    private readonly Lazy<Cluster?> _cluster = new(Start);

    /// <summary>Makes an empty database.</summary>
    /// <returns>Its connection string. The calling test is skipped where PostgreSQL is not installed.</returns>
    public string NewDatabase()
    {
        Assert.SkipWhen(_cluster.Value is null, "needs PostgreSQL; on Debian: apt-get install postgresql");
        var name = "gyrus_" + Guid.NewGuid().ToString("N");
        using var connection = new NpgsqlConnection(ConnectionTo("postgres"));
        connection.Open();
        using var command = new NpgsqlCommand($"CREATE DATABASE {name}", connection);
        command.ExecuteNonQuery();
        return ConnectionTo(name);
    }

    public void Dispose()
    {
        if (!_cluster.IsValueCreated || _cluster.Value is not { } cluster) return;
        NpgsqlConnection.ClearAllPools();
        Run(cluster.Programs, "pg_ctl", "stop", "--pgdata", cluster.Data, "--mode", "immediate");
        Directory.Delete(cluster.Folder, recursive: true);
    }

    private string ConnectionTo(string database) => $"Host={_cluster.Value!.Folder};Username={User};Database={database}";

    private static Cluster? Start()
    {
        if (Programs() is not { } programs) return null;
        // Below /tmp whatever TMPDIR says: a socket's path has at most 107 characters.
        var folder = $"/tmp/gyrus-postgresql-{Guid.NewGuid():N}";
        Directory.CreateDirectory(folder);
        if (Environment.IsPrivilegedProcess) Execute("chown", User, folder);
        var cluster = new Cluster(programs, folder);
        Run(programs, "initdb", "--pgdata", cluster.Data, "--username", User, "--auth", "trust", "--no-sync");
        Run(programs, "pg_ctl", "start", "--wait", "--pgdata", cluster.Data, "--log", Path.Combine(folder, "log"),
            "--options", $"-c listen_addresses='' -c unix_socket_directories='{folder}' -c fsync=off -c max_connections=300");
        return cluster;
    }

    private static string? Programs()
    {
        if (!Directory.Exists(DebianFolder)) return null;
        return Directory.GetDirectories(DebianFolder).Select(version => Path.Combine(version, "bin"))
            .LastOrDefault(folder => File.Exists(Path.Combine(folder, "pg_ctl")));
    }

    private static void Run(string programs, string program, params string[] arguments)
    {
        var path = Path.Combine(programs, program);
        if (Environment.IsPrivilegedProcess) Execute("runuser", ["-u", User, "--", path, .. arguments]);
        else Execute(path, arguments);
    }

    private static void Execute(string program, params string[] arguments)
    {
        // The server keeps pg_ctl's outputs open, so they are not waited for.
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { WorkingDirectory = "/" })!;
        process.WaitForExit();
        if (process.ExitCode != 0) throw new InvalidOperationException($"{program} ended with exit code {process.ExitCode}");
    }

    private sealed record Cluster(string Programs, string Folder)
    {
        public string Data => Path.Combine(Folder, "data");
    }
}
