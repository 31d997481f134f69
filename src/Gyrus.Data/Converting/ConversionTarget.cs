namespace Gyrus.Data.Converting;

/// <summary>What slices are written as.</summary>
public enum ConversionTarget
{
    /// <summary>Grey PNG of 16 bits a series in a folder: values of the modality, such as Hounsfield units, with a slope and an offset that are told.</summary>
    Png16,

    /// <summary>PNG of 8 bits a series in a folder: slices as they are displayed, colours as they are.</summary>
    Png,

    /// <summary>A NIfTI volume a series: values of the modality in their places.</summary>
    Nifti,
}
