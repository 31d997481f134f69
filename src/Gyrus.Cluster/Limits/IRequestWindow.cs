namespace Gyrus.Cluster.Limits;

/// <summary>What one caller may ask of all replicas of a service together: so many requests in any 60 seconds. Its key is the caller's. It lives in memory: where its node is lost it begins
/// anew on another, so that a caller may then ask as much again once.</summary>
[Alias("gyrus.request-window")]
public interface IRequestWindow : IGrainWithStringKey
{
    /// <summary>Takes requests out of the window, if they are there.</summary>
    /// <param name="perMinute">How many requests it has in any 60 seconds.</param>
    /// <param name="count">How many are taken.</param>
    /// <returns>Whether they were there.</returns>
    [Alias("take")]
    Task<bool> Take(int perMinute, int count);
}
