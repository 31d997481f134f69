namespace Gyrus.Cluster.Replicas;

/// <summary>The replicas of a service that live now and how much room each said last that it has. Its key is what makes their answers the same. It lives in memory: where its node is lost
/// it is made anew on another of what the replicas say next.</summary>
[Alias("gyrus.replica-list")]
public interface IReplicaList : IGrainWithStringKey
{
    /// <summary>A replica says that it lives.</summary>
    /// <param name="replica">The replica.</param>
    /// <param name="room">How many images it has room for.</param>
    [Alias("renew")]
    Task Renew(IReplica replica, int room);

    /// <summary>A replica ends.</summary>
    [Alias("leave")]
    Task Leave(IReplica replica);

    /// <summary>Whether a replica has said of late that it lives.</summary>
    [Alias("has")]
    Task<bool> Has(IReplica replica);

    /// <summary>How many images all replicas but one have room for.</summary>
    [Alias("room")]
    Task<int> Room(IReplica but);

    /// <summary>Finds replicas for images, and counts the images among what they have until they say something else.</summary>
    /// <param name="but">Replicas that are not asked.</param>
    /// <param name="count">How many images.</param>
    /// <returns>A replica an image; empty where they have no room for all.</returns>
    [Alias("take")]
    Task<IReplica[]> Take(IReplica[] but, int count);
}
