using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Gyrus.Server.Database;

/// <summary>What the service keeps: keys and results, in SQLite or PostgreSQL.</summary>
internal sealed class ServiceDatabase(DbContextOptions<ServiceDatabase> options) : DbContext(options)
{
    public DbSet<ApiKey> Keys => Set<ApiKey>();

    public DbSet<StoredResult> Results => Set<StoredResult>();

    public DbSet<HealthMark> Health => Set<HealthMark>();

    /// <summary>The keys that were not taken back, for an index; quoted alike by SQLite and PostgreSQL.</summary>
    public const string GoodKeys = "\"Revoked\" IS NULL";

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        // Milliseconds since 1970 are compared alike by both databases; SQLite has no type for times.
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UnixMilliseconds>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<ApiKey>(key =>
        {
            key.ToTable("keys");
            key.HasKey(k => k.Id);
            key.HasIndex(k => k.Name).IsUnique().HasFilter(GoodKeys);
        });
        modelBuilder.Entity<StoredResult>(result =>
        {
            result.ToTable("results");
            result.HasKey(r => r.Id);
            result.HasIndex(r => r.Sha256);
            result.HasIndex(r => r.Time);
            result.HasIndex(r => r.KeyName);
            result.HasIndex(r => new { r.Label, r.Verdict });
        });
        modelBuilder.Entity<HealthMark>(mark =>
        {
            mark.ToTable("health");
            mark.HasKey(m => m.Id);
            mark.Property(m => m.Id).ValueGeneratedNever();
        });
    }

    private sealed class UnixMilliseconds() : ValueConverter<DateTimeOffset, long>(
        time => time.ToUnixTimeMilliseconds(), milliseconds => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds));
}
