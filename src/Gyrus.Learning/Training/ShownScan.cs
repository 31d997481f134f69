namespace Gyrus.Learning.Training;

/// <summary>An image as an epoch shows it, before it is turned.</summary>
/// <param name="Image">Its place in the store.</param>
/// <param name="Label">What is to be said of it.</param>
/// <param name="Store">The pixels.</param>
internal sealed record ShownScan(int Image, int Label, PixelStore Store)
{
    /// <summary>[size, size]: what it shows in place of the stored pixels; null for those.</summary>
    public byte[]? Plane { get; init; }

    /// <summary>[size, size], 255 on its lesion; null where nobody drew one.</summary>
    public byte[]? Lesion { get; init; } = Store.Outline(Image);

    /// <summary>Writes it as it is shown.</summary>
    /// <param name="change">How it is changed; null for not at all.</param>
    /// <param name="target">Takes [3, size, size], 0 to 255.</param>
    public void Write(DrawnChange? change, Span<float> target)
    {
        int size = Store.Preprocessing.Size, area = size * size;
        for (int plane = 0; plane < 3; plane++)
        {
            var to = target.Slice(plane * area, area);
            if (plane >= Store.Planes)
            {
                target[..area].CopyTo(to);
                continue;
            }
            var from = Plane ?? Store[Image].Slice(plane * area, area);
            if (change is not null) ChangedPixels.Write(from, size, change, to);
            else for (int i = 0; i < area; i++) to[i] = from[i];
        }
    }

    /// <summary>Writes where its lesion is shown.</summary>
    /// <param name="change">As of <see cref="Write"/>.</param>
    /// <param name="target">Takes [size, size], 1 on the lesion; left alone where there is none.</param>
    /// <returns>Whether there is one.</returns>
    public bool WriteLesion(DrawnChange? change, Span<float> target)
    {
        if (Lesion is not { } lesion) return false;
        int size = Store.Preprocessing.Size;
        if (change is null) for (int i = 0; i < target.Length; i++) target[i] = lesion[i];
        else ChangedPixels.WriteOutline(lesion, size, change, target);
        bool any = false;
        foreach (ref float pixel in target)
        {
            pixel = pixel > 127 ? 1 : 0;
            any |= pixel > 0;
        }
        return any;
    }
}
