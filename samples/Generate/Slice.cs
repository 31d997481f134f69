namespace Gyrus.Samples;

/// <summary>The grid of a picture.</summary>
/// <param name="Width">Pixels across.</param>
/// <param name="Height">Pixels down.</param>
/// <param name="PixelSize">Millimetres.</param>
internal sealed record Canvas(int Width, int Height, double PixelSize);

/// <summary>
/// A plane through a head, as a radiologist hangs it: axial with the nose up and coronal with the top up, both with the
/// patient's right on the left of the picture; sagittal with the top up and the face to the left.
/// </summary>
/// <param name="Canvas">The grid.</param>
/// <param name="Values">[Height, Width], in the units of the volume, or Hounsfield units for CT.</param>
internal sealed record Slice(Canvas Canvas, double[] Values)
{
    /// <summary>The plane at a height above the origin, in millimetres.</summary>
    public static Slice Axial(NiftiVolume volume, double z, Canvas canvas) => Create(canvas, (right, down) =>
        volume.At(volume.Centre.X - right, volume.Centre.Y - down, z));

    /// <summary>The plane at a distance in front of the origin, in millimetres.</summary>
    public static Slice Coronal(NiftiVolume volume, double y, Canvas canvas) => Create(canvas, (right, down) =>
        volume.At(volume.Centre.X - right, y, volume.Centre.Z - down));

    /// <summary>The plane at a distance to the right of the origin, in millimetres.</summary>
    public static Slice Sagittal(NiftiVolume volume, double x, Canvas canvas) => Create(canvas, (right, down) =>
        volume.At(x, volume.Centre.Y - right, volume.Centre.Z - down));

    /// <summary>A picture of a function of the millimetres to the right of and below the picture's middle.</summary>
    public static Slice Create(Canvas canvas, Func<double, double, double> value)
    {
        var values = new double[canvas.Height * canvas.Width];
        for (int y = 0; y < canvas.Height; y++)
        {
            for (int x = 0; x < canvas.Width; x++)
            {
                values[y * canvas.Width + x] = value(
                    (x - (canvas.Width - 1) / 2.0) * canvas.PixelSize,
                    (y - (canvas.Height - 1) / 2.0) * canvas.PixelSize);
            }
        }
        return new Slice(canvas, values);
    }

    /// <summary>The value at a point, in millimetres from the middle, bilinear; the edge's value outside.</summary>
    public double At(double right, double down)
    {
        double x = Math.Clamp(right / Canvas.PixelSize + (Canvas.Width - 1) / 2.0, 0, Canvas.Width - 1.001);
        double y = Math.Clamp(down / Canvas.PixelSize + (Canvas.Height - 1) / 2.0, 0, Canvas.Height - 1.001);
        int left = (int)x, top = (int)y, at = top * Canvas.Width + left;
        double tx = x - left, ty = y - top;
        return (1 - ty) * ((1 - tx) * Values[at] + tx * Values[at + 1])
            + ty * ((1 - tx) * Values[at + Canvas.Width] + tx * Values[at + Canvas.Width + 1]);
    }

    /// <summary>The picture under a Gaussian of a standard deviation in pixels; the edge goes on outside.</summary>
    public Slice Blurred(double sigma)
    {
        int reach = (int)Math.Ceiling(3 * sigma);
        var kernel = Enumerable.Range(-reach, 2 * reach + 1)
            .Select(i => Math.Exp(-i * i / (2 * sigma * sigma))).ToArray();
        double total = kernel.Sum();
        return Convolved(Convolved(this, 1, 0), 0, 1);

        Slice Convolved(Slice source, int stepX, int stepY)
        {
            var values = new double[Values.Length];
            for (int y = 0; y < Canvas.Height; y++)
            {
                for (int x = 0; x < Canvas.Width; x++)
                {
                    double sum = 0;
                    for (int i = -reach; i <= reach; i++)
                    {
                        int fromX = Math.Clamp(x + i * stepX, 0, Canvas.Width - 1);
                        int fromY = Math.Clamp(y + i * stepY, 0, Canvas.Height - 1);
                        sum += kernel[i + reach] * source.Values[fromY * Canvas.Width + fromX];
                    }
                    values[y * Canvas.Width + x] = sum / total;
                }
            }
            return new Slice(Canvas, values);
        }
    }
}
