using System.Diagnostics.CodeAnalysis;

namespace Gyrus.Imaging.Decoding;

/// <summary>Files that hold several images, kept open while these are asked for one after the other. For many threads at once.</summary>
/// <param name="capacity">The most files that are kept.</param>
/// <param name="open">Opens one; two threads never open the same at once.</param>
// What Lazy asks of its type, so that trimming for browsers knows that nothing is missing.
internal sealed class RecentFiles<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)] T>(int capacity, Func<string, T> open)
{
    private readonly LinkedList<(string Path, Lazy<T> File)> _files = [];
    private readonly Lock _choosing = new();

    /// <summary>The file, opened now or before; where it could not be opened, the same exception again.</summary>
    public T Get(string path)
    {
        Lazy<T> chosen;
        lock (_choosing)
        {
            var node = _files.First;
            while (node is not null && node.Value.Path != path) node = node.Next;
            if (node is not null) _files.Remove(node);
            chosen = node?.Value.File ?? new Lazy<T>(() => open(path));
            _files.AddFirst((path, chosen));
            if (_files.Count > capacity) _files.RemoveLast();
        }
        return chosen.Value;
    }
}
