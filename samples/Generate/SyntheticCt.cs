namespace Gyrus.Samples;

/// <summary>
/// Makes an axial slice that looks like CT out of a T1 head: brain and skin have their shapes from the MRI, the skull
/// fills what lies between, and each tissue has its usual Hounsfield units. No X-ray was ever taken.
/// </summary>
internal static class SyntheticCt
{
    // Hounsfield units.
    private const double Air = -1000, Fat = -90, Skin = 25, Bone = 1000, Diploe = 500, Fluid = 6, Grey = 37, White = 29;

    // The T1 volume's values at which a voxel is wholly fluid, grey or white matter.
    private const double FluidT1 = 35, GreyT1 = 80, WhiteT1 = 112;

    // Millimetres.
    private const double SkinThickness = 2.2, ScalpThickness = 5.5, TableThickness = 1.8, SliceThickness = 4;

    // The scanner's point spread, in millimetres, and how much finer than the picture the head is drawn under it.
    private const double PointSpread = 0.55;
    private const int Oversampling = 3;

    /// <summary>The slice without noise, in Hounsfield units.</summary>
    /// <param name="head">The T1 volume.</param>
    /// <param name="brain">The same volume with everything but the brain set to 0.</param>
    /// <param name="z">The height of the slice's middle.</param>
    /// <param name="canvas">The picture.</param>
    public static Slice Create(NiftiVolume head, NiftiVolume brain, double z, Canvas canvas)
    {
        var fine = new Canvas(
            canvas.Width * Oversampling, canvas.Height * Oversampling, canvas.PixelSize / Oversampling);
        var t1 = Thick(head, z, fine);
        var skin = Mask.Filled(Slice.Axial(head, z, fine), threshold: 18);
        var cavity = Mask.Filled(Slice.Axial(brain, z, fine), threshold: 20)
            .ClosedAndGrown(radius: 20, growth: 1.5).Smoothed(radius: 3);
        var depth = skin.DistanceTo(inside: false);
        var beyond = cavity.DistanceTo(inside: true);

        var values = new double[t1.Values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = cavity.Inside[i] ? BrainUnits(t1.Values[i])
                : !skin.Inside[i] ? Air
                : depth[i] < SkinThickness ? Skin
                : depth[i] < ScalpThickness ? Fat
                : Math.Min(beyond[i], depth[i] - ScalpThickness) < TableThickness ? Bone
                : Diploe;
        }
        var sharp = new Slice(fine, values);
        return Slice.Create(canvas, sharp.Blurred(sigma: PointSpread / fine.PixelSize).At);
    }

    /// <summary>Adds what a scanner adds: noise with the grain of its reconstruction, 3.5 Hounsfield units.</summary>
    public static Slice WithNoise(this Slice slice, ulong seed)
    {
        var noise = Noise.Gaussian(slice.Canvas, seed).Blurred(sigma: 0.6);
        double scale = 3.5 / Math.Sqrt(noise.Values.Average(value => value * value));
        return slice with { Values = [.. slice.Values.Zip(noise.Values, (value, grain) => value + scale * grain)] };
    }

    private static Slice Thick(NiftiVolume head, double z, Canvas canvas)
    {
        var planes = Enumerable.Range(0, (int)SliceThickness + 1)
            .Select(i => Slice.Axial(head, z - SliceThickness / 2 + i, canvas).Values).ToArray();
        return new Slice(canvas, [.. planes[0].Select((_, at) => planes.Average(plane => plane[at]))]);
    }

    private static double BrainUnits(double t1) => t1 switch
    {
        < FluidT1 => Fluid,
        < GreyT1 => Fluid + (Grey - Fluid) * (t1 - FluidT1) / (GreyT1 - FluidT1),
        < WhiteT1 => Grey + (White - Grey) * (t1 - GreyT1) / (WhiteT1 - GreyT1),
        _ => White,
    };
}
