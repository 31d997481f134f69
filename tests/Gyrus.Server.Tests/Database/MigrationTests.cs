using Gyrus.Server.Database;
using Gyrus.Server.Keys;
using Gyrus.Testing.PostgreSql;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Gyrus.Server.Tests.Database;

public sealed class MigrationOnPostgreSqlTests : MigrationTests
{
    private readonly PostgreSqlServer _server;

    public MigrationOnPostgreSqlTests(PostgreSqlServer server)
        : base(server) => _server = server;

    [Fact]
    public void The_tables_that_migrations_make_are_those_of_the_model()
    {
        const string schema = """
            SELECT table_name || '.' || column_name || ' ' || data_type || ' ' || is_nullable AS "Value"
            FROM information_schema.columns WHERE table_schema = 'public' AND table_name IN ('keys', 'results', 'health')
            UNION SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' AND tablename IN ('keys', 'results', 'health')
            """;
        Keys.List();

        Assert.Equal(Schema(new DatabaseOptions(Folder.Path, _server.NewDatabase()), schema, create: true), Schema(Database, schema));
    }
}

public sealed class MigrationOnSqliteTests() : MigrationTests(null)
{
    [Fact]
    public void The_tables_that_migrations_make_are_those_of_the_model()
    {
        const string schema = """
            SELECT m.name || '.' || c.name || ' ' || c.type || ' ' || c."notnull" || ' ' || c.pk AS "Value"
            FROM sqlite_master m, pragma_table_info(m.name) c WHERE m.type = 'table' AND m.name IN ('keys', 'results', 'health')
            UNION SELECT name || ' on ' || tbl_name FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL
            """;
        Keys.List();
        Directory.CreateDirectory(Folder.File("created"));

        Assert.Equal(Schema(new DatabaseOptions(Folder.File("created")), schema, create: true), Schema(Database, schema));
    }

    [Fact]
    public void A_folder_that_cannot_be_written_to_is_told()
    {
        File.WriteAllText(Folder.File("file"), "");

        var error = Assert.Throws<GyrusException>(() => KeyStore.Open(new DatabaseOptions(Folder.File("file")), TimeProvider.System));

        Assert.Contains("Name a data folder", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("hush")]
    [InlineData("Host=db;Pasword=hush")]
    [InlineData("Host=db;Port=hush")]
    [InlineData("postgres://gyrus:hush@db/gyrus")]
    public void A_connection_string_that_is_none_is_told_without_what_it_holds(string text)
    {
        var error = Assert.Throws<GyrusException>(
            () => KeyStore.Open(new DatabaseOptions(Folder.Path, text), TimeProvider.System));

        Assert.Contains("The database: this is no PostgreSQL", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hush", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_database_that_does_not_answer_is_told_without_its_password()
    {
        var options = new DatabaseOptions(Folder.Path, "Host=127.0.0.1;Port=1;Username=gyrus;Password=hush;Timeout=2");

        var error = Assert.Throws<GyrusException>(() => KeyStore.Open(options, TimeProvider.System));

        Assert.Contains("database that answers", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hush", error.Message, StringComparison.Ordinal);
    }
}

public abstract class MigrationTests(PostgreSqlServer? postgres) : DatabaseTests(postgres)
{
    [Fact]
    public async Task Services_that_start_together_make_the_tables_once()
    {
        await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => Keys.List(), TestContext.Current.CancellationToken)));

        Assert.Empty(Keys.List());
    }

    private protected static List<string> Schema(DatabaseOptions options, string query, bool create = false)
    {
        using var database = DatabaseSetUp.Factory(options).CreateDbContext();
        if (create) database.Database.EnsureCreated();
        var schema = database.Database.SqlQueryRaw<string>(query).ToList();
        schema.Sort(StringComparer.Ordinal);
        Assert.NotEmpty(schema);
        return schema;
    }
}
