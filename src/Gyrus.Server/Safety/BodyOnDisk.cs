namespace Gyrus.Server.Safety;

/// <summary>Marks an endpoint that writes bodies to the disk as they come, and bounds them itself.</summary>
internal sealed class BodyOnDisk;
