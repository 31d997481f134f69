namespace Gyrus.Data.Shortcuts;

/// <summary>What a label is guessed from.</summary>
public enum ShortcutSource
{
    /// <summary>All that is not brain: border, writing and file together.</summary>
    All,

    /// <summary>The pixels along the image's border.</summary>
    Border,

    /// <summary>Where there is writing or drawing outside the head.</summary>
    Text,

    /// <summary>The image's width, height and shape, its file format and its colour mode.</summary>
    File,

    /// <summary>How the head was imaged: sequence, plane, sharpness, without a look for a lesion
    /// (<see cref="Gyrus.Imaging.Acquisition.AcquisitionColumns"/>). No part of <see cref="All"/>, which sees no brain.</summary>
    Acquisition,
}
