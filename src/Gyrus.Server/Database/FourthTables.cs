using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Gyrus.Server.Database;

/// <summary>Which labels and verdicts the results have is told without a look at each.</summary>
[DbContext(typeof(ServiceDatabase))]
[Migration("20261128_FourthTables")]
internal sealed class FourthTables : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.DropIndex("IX_results_Label", "results");
        migrationBuilder.CreateIndex("IX_results_Label_Verdict", "results", ["Label", "Verdict"]);
    }
}
