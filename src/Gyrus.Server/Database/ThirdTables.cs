using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Gyrus.Server.Database;

/// <summary>A key sees the results of its own name unless it was made to see all.</summary>
[DbContext(typeof(ServiceDatabase))]
[Migration("20261127_ThirdTables")]
internal sealed class ThirdTables : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.AddColumn<bool>("AllResults", "keys", nullable: false, defaultValue: false);
}
