namespace Gyrus.Server.Database;

/// <summary>Where the service keeps results and keys.</summary>
/// <param name="DataFolder">Takes the SQLite file, and images that are to be kept; made where it is missing.</param>
/// <param name="PostgreSql">A connection string of PostgreSQL; null, the default, for SQLite.</param>
public sealed record DatabaseOptions(string DataFolder, string? PostgreSql = null);
