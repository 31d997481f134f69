namespace Gyrus.Server.Database;

/// <summary>Where the service keeps results and keys.</summary>
/// <param name="DataFolder">Takes the SQLite file, images that are to be kept, and the files of studies while they are answered; made where it is missing.</param>
/// <param name="PostgreSql">A connection string of PostgreSQL; null, the default, for SQLite.</param>
public sealed record DatabaseOptions(string DataFolder, string? PostgreSql = null);
