namespace Gyrus.Imaging;

/// <summary>How a scan was taken.</summary>
public enum Modality
{
    /// <summary>Computed tomography.</summary>
    Ct,

    /// <summary>Magnetic resonance imaging.</summary>
    Mri,
}

/// <summary>One of the seven things that a scan can be called.</summary>
/// <param name="Name">The name in files and in output, such as <c>mri_glioma</c>.</param>
/// <param name="Modality">The modality that the label implies.</param>
/// <param name="IsTumour">Whether the label names a tumour, of whatever type.</param>
public sealed record ScanLabel(string Name, Modality Modality, bool IsTumour)
{
    /// <summary>
    /// The seven labels in the order that every file, tensor and table of Gyrus uses. The order is persisted in
    /// trained models: it never changes.
    /// </summary>
    public static IReadOnlyList<ScanLabel> All { get; } =
    [
        new("ct_healthy", Modality.Ct, IsTumour: false),
        new("ct_tumor", Modality.Ct, IsTumour: true),
        new("mri_glioma", Modality.Mri, IsTumour: true),
        new("mri_healthy", Modality.Mri, IsTumour: false),
        new("mri_meningioma", Modality.Mri, IsTumour: true),
        new("mri_pituitary", Modality.Mri, IsTumour: true),
        new("mri_tumor", Modality.Mri, IsTumour: true),
    ];

    /// <summary>The position of a label in <see cref="All"/>, or -1 where no label has that name.</summary>
    public static int IndexOf(string? name)
    {
        for (int i = 0; i < All.Count; i++)
        {
            if (All[i].Name == name) return i;
        }
        return -1;
    }

    /// <summary>The probability of any tumour: the sum over the labels that name one.</summary>
    /// <param name="probabilities">[7], in the order of <see cref="All"/>.</param>
    public static double TumourProbability(ReadOnlySpan<float> probabilities)
    {
        double sum = 0;
        for (int i = 0; i < All.Count; i++)
        {
            if (All[i].IsTumour) sum += probabilities[i];
        }
        return Math.Clamp(sum, 0, 1);
    }
}
