namespace Gyrus.Learning.Training;

/// <summary>Draws the affine map of one augmented image.</summary>
internal static class Augmentation
{
    /// <summary>
    /// A map from output to input positions, both from -1 to 1 with 0 at the centre: what
    /// <c>torch.nn.functional.affine_grid</c> takes.
    /// </summary>
    /// <param name="options">The ranges.</param>
    /// <param name="random">Draws.</param>
    /// <returns>[2, 3], row by row.</returns>
    public static float[] Draw(AugmentationOptions options, Random random)
    {
        double Even(double range) => ((random.NextDouble() * 2) - 1) * range;

        double angle = Even(options.RotationDegrees) * Math.PI / 180;
        double shear = Math.Tan(Even(options.ShearDegrees) * Math.PI / 180);
        double scale = 1 / (1 + Even(options.Zoom));
        double shiftX = 2 * Even(options.Shift), shiftY = 2 * Even(options.Shift);
        double mirror = options.Flip && random.NextDouble() < 0.5 ? -1 : 1;
        var (sin, cos) = Math.SinCos(angle);

        // rotation * shear * scale, the mirror last so that it turns the x axis of the input
        double a = scale * cos, b = scale * ((cos * shear) - sin);
        double c = scale * sin, d = scale * ((sin * shear) + cos);
        return [(float)(mirror * a), (float)(mirror * b), (float)shiftX, (float)c, (float)d, (float)shiftY];
    }
}
