using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Gyrus.Server.Database;

/// <summary>A key's name can be had again once the key was taken back; results are found by time, key and label without a look at
/// each; and there is a row to write for readiness.</summary>
[DbContext(typeof(ServiceDatabase))]
[Migration("20261126_SecondTables")]
internal sealed class SecondTables : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.DropIndex("IX_keys_Name", "keys");
        migrationBuilder.CreateIndex("IX_keys_Name", "keys", "Name", unique: true, filter: ServiceDatabase.GoodKeys);
        migrationBuilder.CreateIndex("IX_results_Time", "results", "Time");
        migrationBuilder.CreateIndex("IX_results_KeyName", "results", "KeyName");
        migrationBuilder.CreateIndex("IX_results_Label", "results", "Label");
        migrationBuilder.CreateTable(
            "health",
            table => new
            {
                Id = table.Column<int>(nullable: false),
                Written = table.Column<long>(nullable: false),
            },
            constraints: table => table.PrimaryKey("PK_health", mark => mark.Id));
    }
}
