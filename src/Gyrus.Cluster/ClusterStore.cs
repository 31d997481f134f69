using Npgsql;
using StackExchange.Redis;

namespace Gyrus.Cluster;

/// <summary>Where a cluster keeps which nodes belong to it, its jobs, their answers and its model packages.</summary>
public abstract record ClusterStore
{
    private const string RedisScheme = "redis://";

    private ClusterStore()
    {
    }

    /// <summary>Reads what a user gives for a cluster.</summary>
    /// <param name="text">A PostgreSQL connection string, such as <c>Host=db;Database=gyrus</c>; or <c>redis://</c> and a configuration of StackExchange.Redis,
    /// such as <c>redis://cache:6379,ssl=true</c>; null or empty for a cluster of one node on this machine.</param>
    /// <exception cref="GyrusException">It is neither; the message does not repeat it, since it may hold a password.</exception>
    public static ClusterStore Parse(string? text)
    {
        if (string.IsNullOrEmpty(text)) return new OfOneNode();
        try
        {
            if (text.StartsWith(RedisScheme, StringComparison.Ordinal))
            {
                var options = ConfigurationOptions.Parse(text[RedisScheme.Length..]);
                if (options.EndPoints.Count > 0) return new Redis(text[RedisScheme.Length..]);
            }
            else if (new NpgsqlConnectionStringBuilder(text) is { Host: not null, Database: not null })
            {
                return new PostgreSql(text);
            }
        }
        catch (ArgumentException)
        {
            // Both libraries repeat in their messages what they were given.
        }
        throw new GyrusException("This is no store of a cluster. Give a PostgreSQL connection string with a host and a database, as 'Host=db.example;Database=gyrus', "
            + "or a Redis server, as 'redis://cache.example:6379'.");
    }

    /// <summary>The memory of one node, which this machine alone can reach; jobs end with it.</summary>
    public sealed record OfOneNode : ClusterStore;

    /// <summary>A PostgreSQL database.</summary>
    /// <param name="ConnectionString">As Npgsql reads it.</param>
    public sealed record PostgreSql(string ConnectionString) : ClusterStore;

    /// <summary>A Redis server. What it is told must survive it: with <c>appendonly yes</c>.</summary>
    /// <param name="Configuration">As StackExchange.Redis reads it.</param>
    public sealed record Redis(string Configuration) : ClusterStore;
}
