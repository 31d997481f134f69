namespace Gyrus.Learning.Training;

/// <summary>Random changes of an image in training; each is drawn evenly between minus and plus the value.</summary>
public sealed record AugmentationOptions
{
    /// <summary>Rotation about the centre in degrees, 0 to 180; 15 unless given.</summary>
    public double RotationDegrees { get; init; } = 15;

    /// <summary>Shift across and down as a share of the size, 0 to 1; 0.05 unless given.</summary>
    public double Shift { get; init; } = 0.05;

    /// <summary>Shear angle in degrees, 0 to 45; 5 unless given.</summary>
    public double ShearDegrees { get; init; } = 5;

    /// <summary>Zoom as a share, 0 to below 1; 0.1 unless given: 0.9 to 1.1 times.</summary>
    public double Zoom { get; init; } = 0.1;

    /// <summary>Whether half of the images are mirrored left to right; they are unless told otherwise.</summary>
    public bool Flip { get; init; } = true;

    /// <summary>Nothing is changed.</summary>
    public static AugmentationOptions None { get; } =
        new() { RotationDegrees = 0, Shift = 0, ShearDegrees = 0, Zoom = 0, Flip = false };

    /// <summary>Checks the ranges.</summary>
    /// <exception cref="GyrusException">An option is out of range.</exception>
    public void Validate()
    {
        if (RotationDegrees is not (>= 0 and <= 180)) throw new GyrusException("Rotation is 0 to 180 degrees.");
        if (Shift is not (>= 0 and <= 1)) throw new GyrusException("Shift is a share of the size, 0 to 1.");
        if (ShearDegrees is not (>= 0 and <= 45)) throw new GyrusException("Shear is 0 to 45 degrees.");
        if (Zoom is not (>= 0 and < 1)) throw new GyrusException("Zoom is a share, 0 to below 1.");
    }
}
