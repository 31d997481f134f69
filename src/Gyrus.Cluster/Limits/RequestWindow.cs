using System.Threading.RateLimiting;

namespace Gyrus.Cluster.Limits;

/// <inheritdoc cref="IRequestWindow"/>
internal sealed class RequestWindow : Grain, IRequestWindow
{
    private SlidingWindowRateLimiter? _window;
    private int _perMinute;

    public Task<bool> Take(int perMinute, int count)
    {
        // A key's limit may be changed while it is used.
        if (_window is null || perMinute != _perMinute)
        {
            _window?.Dispose();
            (_window, _perMinute) = (new SlidingWindowRateLimiter(SharedRateLimiter.Window(perMinute)), perMinute);
        }
        using var lease = _window.AttemptAcquire(count);
        return Task.FromResult(lease.IsAcquired);
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        _window?.Dispose();
        return Task.CompletedTask;
    }
}
