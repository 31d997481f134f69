using Gyrus.Server.Database;
using Gyrus.Server.Hosting;
using Gyrus.Server.Keys;
using Gyrus.Testing;
using Gyrus.Testing.PostgreSql;
using Xunit;

[assembly: AssemblyFixture(typeof(PostgreSqlServer))]

namespace Gyrus.Server.Tests.Database;

/// <summary>Tests that run on SQLite and on PostgreSQL alike, in a class for each.</summary>
public abstract class DatabaseTests : IDisposable
{
    private readonly string? _connection;

    /// <param name="postgres">The server to run on; null for SQLite.</param>
    protected DatabaseTests(PostgreSqlServer? postgres) => _connection = postgres?.NewDatabase();

    protected TempFolder Folder { get; } = new();

    private protected DatabaseOptions Database => new(Folder.File("data"), _connection);

    private protected KeyStore Keys => KeyStore.Open(Database, TimeProvider.System);

    public void Dispose()
    {
        Folder.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected Task<RunningService> Start(Func<ServiceOptions, ServiceOptions>? change = null, TimeProvider? time = null) =>
        RunningService.Start(Folder, options =>
        {
            var here = options with { Database = Database };
            return change is null ? here : change(here);
        }, time);
}
