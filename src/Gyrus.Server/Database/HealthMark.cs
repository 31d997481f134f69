using Microsoft.EntityFrameworkCore;

namespace Gyrus.Server.Database;

/// <summary>The one row that is written to find out whether the database can be written: a full disk lets itself be read.</summary>
internal sealed class HealthMark
{
    private const int OnlyId = 1;

    /// <summary>Always the same.</summary>
    public required int Id { get; init; }

    /// <summary>When it was written last.</summary>
    public required DateTimeOffset Written { get; set; }

    /// <summary>Writes it.</summary>
    public static async Task Write(ServiceDatabase database, DateTimeOffset now, CancellationToken cancellation)
    {
        if (await database.Health.Where(mark => mark.Id == OnlyId)
            .ExecuteUpdateAsync(mark => mark.SetProperty(m => m.Written, now), cancellation) > 0)
        {
            return;
        }
        database.Health.Add(new HealthMark { Id = OnlyId, Written = now });
        await database.SaveChangesAsync(cancellation);
    }
}
