using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Gyrus.Server.Database;

/// <summary>The tables of the first version. Written by hand and without types of columns, so that one migration serves
/// SQLite and PostgreSQL; a later change is a migration of its own beside this one, which stays as it is.</summary>
[DbContext(typeof(ServiceDatabase))]
[Migration("20261125_FirstTables")]
internal sealed class FirstTables : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            "keys",
            table => new
            {
                Id = table.Column<string>(nullable: false),
                Name = table.Column<string>(nullable: false),
                Hash = table.Column<byte[]>(nullable: false),
                PerMinute = table.Column<int>(nullable: false),
                Created = table.Column<long>(nullable: false),
                Revoked = table.Column<long>(nullable: true),
            },
            constraints: table => table.PrimaryKey("PK_keys", key => key.Id));
        migrationBuilder.CreateIndex("IX_keys_Name", "keys", "Name", unique: true);
        migrationBuilder.CreateTable(
            "results",
            table => new
            {
                Id = table.Column<string>(nullable: false),
                Time = table.Column<long>(nullable: false),
                Sha256 = table.Column<string>(nullable: false),
                Model = table.Column<string>(nullable: false),
                KeyName = table.Column<string>(nullable: true),
                Label = table.Column<string>(nullable: true),
                Verdict = table.Column<string>(nullable: true),
                Accepted = table.Column<bool>(nullable: false),
                Answer = table.Column<string>(nullable: false),
            },
            constraints: table => table.PrimaryKey("PK_results", result => result.Id));
        migrationBuilder.CreateIndex("IX_results_Sha256", "results", "Sha256");
    }
}
