using TorchSharp;

namespace Gyrus.Learning.Networks;

/// <summary>Sets the number of threads that one libtorch operation uses, and puts the old number back.</summary>
public sealed class TorchThreads : IDisposable
{
    private readonly int _before;

    /// <summary>Sets the number for this thread and for those that start to use libtorch from now on.</summary>
    public TorchThreads(int threads)
    {
        Native.TorchLibrary.EnsureLoadable();
        _before = torch.get_num_threads();
        torch.set_num_threads(threads);
    }

    /// <inheritdoc/>
    public void Dispose() => torch.set_num_threads(_before);
}
