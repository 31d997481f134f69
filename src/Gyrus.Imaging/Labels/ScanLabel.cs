namespace Gyrus.Imaging.Labels;

/// <summary>How a scan was taken.</summary>
public enum Modality
{
    /// <summary>Computed tomography.</summary>
    Ct,

    /// <summary>Magnetic resonance imaging.</summary>
    Mri,
}

/// <summary>One of the things that a scan can be called, and what that means.</summary>
/// <param name="Name">The name in files and in output, such as <c>mri_glioma</c>.</param>
/// <param name="Modality">The modality that the label implies; null where it implies none.</param>
/// <param name="IsTumour">Whether the label names a tumour, of whatever type; null where it says neither.</param>
/// <param name="Type">The type of tumour that it names, such as <c>glioma</c>; null where it names none.</param>
public sealed record ScanLabel(string Name, Modality? Modality = null, bool? IsTumour = null, string? Type = null);
