using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Gyrus.Server.Database;

/// <summary>Chooses the database and brings its tables up to date.</summary>
internal static class DatabaseSetUp
{
    /// <summary>The SQLite file in the data folder.</summary>
    public const string FileName = "gyrus.sqlite";

    /// <summary>The number of the lock under which tables are made; any that no other program in the database uses.</summary>
    private const long MigrationLock = 0x6779727573;

    /// <summary>Adds the database.</summary>
    public static void AddDatabase(this IServiceCollection services, DatabaseOptions options) =>
        services.AddDbContextFactory<ServiceDatabase>(builder => Configure(builder, options));

    /// <summary>The database, without a service around it.</summary>
    public static IDbContextFactory<ServiceDatabase> Factory(DatabaseOptions options)
    {
        var builder = new DbContextOptionsBuilder<ServiceDatabase>();
        Configure(builder, options);
        return new PooledDbContextFactory<ServiceDatabase>(builder.Options);
    }

    private static void Configure(DbContextOptionsBuilder builder, DatabaseOptions options)
    {
        if (options.PostgreSql is { } postgres) builder.UseNpgsql(postgres);
        else builder.UseSqlite($"Data Source={Path.Combine(options.DataFolder, FileName)}");
        // Migrations are written by hand, without the model's snapshot that this warning compares with; a test compares the
        // tables instead.
        builder.ConfigureWarnings(warnings => warnings.Ignore(RelationalEventId.PendingModelChangesWarning));
    }

    /// <summary>Of services that start together one makes the tables and the others wait: on PostgreSQL the migrator's own lock ends
    /// with each migration, and the next one would be begun twice.</summary>
    private static void MigrateAlone(ServiceDatabase database)
    {
        database.Database.OpenConnection();
        try
        {
            database.Database.ExecuteSql($"SELECT pg_advisory_lock({MigrationLock})");
            database.Database.Migrate();
        }
        finally
        {
            database.Database.ExecuteSql($"SELECT pg_advisory_unlock({MigrationLock})");
            database.Database.CloseConnection();
        }
    }

    /// <summary>Makes what tables are missing.</summary>
    /// <exception cref="GyrusException">The database cannot be reached or written, or the connection string is
    /// none.</exception>
    public static void Migrate(DatabaseOptions options)
    {
        try
        {
            if (options.PostgreSql is null) Directory.CreateDirectory(options.DataFolder);
            // Without the service's log: asking an empty PostgreSQL which migrations it has is an error there, and is expected.
            using var database = Factory(options).CreateDbContext();
            if (options.PostgreSql is null || !database.GetService<IRelationalDatabaseCreator>().Exists()) database.Database.Migrate();
            else MigrateAlone(database);
            // Readers and the writer then do not wait for one another. It stays with the file.
            if (options.PostgreSql is null) database.Database.ExecuteSqlRaw("PRAGMA journal_mode=WAL");
        }
        catch (ArgumentException e) when (options.PostgreSql is not null)
        {
            throw new GyrusException($"The database: this is no PostgreSQL connection string ({e.Message}). Give one such as "
                + "Host=db;Database=gyrus;Username=gyrus;Password=…", e);
        }
        catch (Exception e) when (e is DbException or IOException or UnauthorizedAccessException || e.InnerException is DbException)
        {
            var place = options.PostgreSql is null ? Path.Combine(options.DataFolder, FileName) : "The PostgreSQL database";
            throw new GyrusException($"{place}: the database cannot be opened ({(e.InnerException as DbException ?? e).Message}). Name a data folder "
                + "that can be written to, or a database that answers.", e);
        }
    }
}
