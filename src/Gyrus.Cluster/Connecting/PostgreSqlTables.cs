using Npgsql;

namespace Gyrus.Cluster.Connecting;

/// <summary>The tables in which Orleans keeps nodes and grains in PostgreSQL, and the queries by which it reaches them.</summary>
internal static class PostgreSqlTables
{
    /// <summary>Any number that no other program of the database takes for its lock.</summary>
    private const long Lock = 0x6779727573;

    /// <summary>Makes what is missing. Safe from several nodes at once.</summary>
    /// <exception cref="GyrusException">The database cannot be reached or written.</exception>
    public static async Task Make(string connectionString)
    {
        try
        {
            await using var source = NpgsqlDataSource.Create(connectionString);
            await using var connection = await source.OpenConnectionAsync();
            await using var transaction = await connection.BeginTransactionAsync();
            using var script = new StreamReader(typeof(PostgreSqlTables).Assembly.GetManifestResourceStream("PostgreSql.sql")!);
            await using var command = new NpgsqlCommand($"SELECT pg_advisory_xact_lock({Lock});\n{await script.ReadToEndAsync()}", connection, transaction);
            await command.ExecuteNonQueryAsync();
            await transaction.CommitAsync();
        }
        catch (Exception e) when (e is NpgsqlException or System.Net.Sockets.SocketException)
        {
            throw new GyrusException($"The cluster's database cannot be used ({e.Message.TrimEnd('.')}). It has to be there, and its user may make tables.", e);
        }
    }
}
