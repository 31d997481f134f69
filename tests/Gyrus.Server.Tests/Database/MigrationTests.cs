using Gyrus.Server.Database;
using Gyrus.Server.Keys;
using Gyrus.Testing;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Gyrus.Server.Tests.Database;

public sealed class MigrationTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_tables_that_migrations_make_are_those_of_the_model()
    {
        var options = new DatabaseOptions(_folder.File("migrated"));
        DatabaseSetUp.Migrate(DatabaseSetUp.Factory(options), options);
        Directory.CreateDirectory(_folder.File("created"));
        using var created = DatabaseSetUp.Factory(new DatabaseOptions(_folder.File("created"))).CreateDbContext();
        created.Database.EnsureCreated();
        using var migrated = DatabaseSetUp.Factory(options).CreateDbContext();

        Assert.Equal(Schema(created), Schema(migrated));
    }

    [Fact]
    public void A_folder_that_cannot_be_written_to_is_told()
    {
        File.WriteAllText(_folder.File("file"), "");

        var error = Assert.Throws<GyrusException>(() => KeyStore.Open(new DatabaseOptions(_folder.File("file")), TimeProvider.System));

        Assert.Contains("--data", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_database_that_does_not_answer_is_told_without_its_password()
    {
        var options = new DatabaseOptions(_folder.Path, "Host=127.0.0.1;Port=1;Username=gyrus;Password=hush;Timeout=2");

        var error = Assert.Throws<GyrusException>(() => KeyStore.Open(options, TimeProvider.System));

        Assert.Contains("--database", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hush", error.Message, StringComparison.Ordinal);
    }

    private static List<string> Schema(ServiceDatabase database)
    {
        var schema = database.Database.SqlQueryRaw<string>(
            """
            SELECT m.name || '.' || c.name || ' ' || c.type || ' ' || c."notnull" || ' ' || c.pk AS "Value"
            FROM sqlite_master m, pragma_table_info(m.name) c WHERE m.type = 'table' AND m.name IN ('keys', 'results')
            UNION SELECT name || ' on ' || tbl_name FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL
            """).ToList();
        schema.Sort(StringComparer.Ordinal);
        Assert.NotEmpty(schema);
        return schema;
    }
}
