namespace Gyrus.Inference;

/// <summary>Mirrors a network's input.</summary>
internal static class MirroredPlanes
{
    /// <summary>Writes the mirror image.</summary>
    /// <param name="source">[3, size, size].</param>
    /// <param name="size">Width and height.</param>
    /// <param name="across">Whether left and right change places.</param>
    /// <param name="down">Whether top and bottom do.</param>
    /// <param name="target">Takes [3, size, size].</param>
    public static void Write(ReadOnlySpan<float> source, int size, bool across, bool down, Span<float> target)
    {
        for (int row = 0; row < 3 * size; row++)
        {
            var (plane, y) = Math.DivRem(row, size);
            var to = target.Slice(((plane * size) + (down ? size - 1 - y : y)) * size, size);
            source.Slice(row * size, size).CopyTo(to);
            if (across) to.Reverse();
        }
    }
}
