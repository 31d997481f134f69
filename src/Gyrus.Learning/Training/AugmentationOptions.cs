using System.Text.Json.Serialization;

namespace Gyrus.Learning.Training;

/// <summary>Random changes of an image in training, of the kinds that a head on a scanner can have.</summary>
public sealed record AugmentationOptions
{
    /// <summary>Rotation about the centre in degrees, drawn evenly between minus and plus the value, 0 to 180; 180, any
    /// angle, unless given.</summary>
    public double RotationDegrees { get; init; } = 180;

    /// <summary>Shift across and down as a share of the size, either way, 0 to 1; 0.06 unless given.</summary>
    public double Shift { get; init; } = 0.06;

    /// <summary>Shear angle in degrees, either way, 0 to 45; 5 unless given.</summary>
    public double ShearDegrees { get; init; } = 5;

    /// <summary>Zoom as a share, either way, 0 to below 1; 0.15 unless given: 0.85 to 1.15 times.</summary>
    public double Zoom { get; init; } = 0.15;

    /// <summary>Whether half of the images are mirrored; they are unless told otherwise.</summary>
    public bool Flip { get; init; } = true;

    /// <summary>Change of brightness, contrast and gamma as a share, either way, 0 to below 1; 0.25 unless given.</summary>
    public double Intensity { get; init; } = 0.25;

    /// <summary>The largest standard deviation of added Gaussian noise, in grey levels of 256; 6 unless given. A third of
    /// the images get some.</summary>
    public double Noise { get; init; } = 6;

    /// <summary>The largest standard deviation of a Gaussian blur, as a share of the size; 0.006 unless given. A third of
    /// the images get some.</summary>
    public double Blur { get; init; } = 0.006;

    /// <summary>The largest side of a rectangle that is cut out, as a share of the size, 0 to 1; 0.3 unless given. Half of
    /// the images lose one. DeVries and Taylor 2017.</summary>
    public double CutOut { get; init; } = 0.3;

    /// <summary>Share of the images whose grey levels go through a random curve, 0 to 1; 0 unless given. On MRI it may fall or turn round, as another
    /// sequence's would; on CT it rises.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public double Curves { get; init; }

    /// <summary>Share of the MRI images that go through a shallow network of random filters, 0 to 1; 0 unless given. Ouyang et al. 2022, GIN.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public double Convolutions { get; init; }

    /// <summary>The largest logarithm of a smooth field that images are multiplied by, 0 to 2; 0 unless given.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public double BiasField { get; init; }

    /// <summary>Whether images get another scanner's look: <see cref="Curves"/>, <see cref="Convolutions"/> or <see cref="BiasField"/>.</summary>
    internal bool ChangesLook => Curves > 0 || Convolutions > 0 || BiasField > 0;

    /// <summary>Nothing is changed.</summary>
    public static AugmentationOptions None { get; } = new()
    {
        RotationDegrees = 0,
        Shift = 0,
        ShearDegrees = 0,
        Zoom = 0,
        Flip = false,
        Intensity = 0,
        Noise = 0,
        Blur = 0,
        CutOut = 0,
    };

    /// <summary>Checks the ranges.</summary>
    /// <exception cref="GyrusException">An option is out of range.</exception>
    public void Validate()
    {
        if (RotationDegrees is not (>= 0 and <= 180)) throw new GyrusException("Rotation is 0 to 180 degrees.");
        if (Shift is not (>= 0 and <= 1)) throw new GyrusException("Shift is a share of the size, 0 to 1.");
        if (ShearDegrees is not (>= 0 and <= 45)) throw new GyrusException("Shear is 0 to 45 degrees.");
        if (Zoom is not (>= 0 and < 1)) throw new GyrusException("Zoom is a share, 0 to below 1.");
        if (Intensity is not (>= 0 and < 1)) throw new GyrusException("Intensity is a share, 0 to below 1.");
        if (Curves is not (>= 0 and <= 1)) throw new GyrusException("The share of curves is 0 to 1.");
        if (Convolutions is not (>= 0 and <= 1)) throw new GyrusException("The share of convolutions is 0 to 1.");
        if (BiasField is not (>= 0 and <= 2)) throw new GyrusException("The bias field is 0 to 2.");
        if (Noise is not (>= 0 and <= 128)) throw new GyrusException("Noise is 0 to 128 grey levels.");
        if (Blur is not (>= 0 and <= 0.1)) throw new GyrusException("Blur is a share of the size, 0 to 0.1.");
        if (CutOut is not (>= 0 and <= 1)) throw new GyrusException("Cut-out is a share of the size, 0 to 1.");
    }
}
