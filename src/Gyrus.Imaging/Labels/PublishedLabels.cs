namespace Gyrus.Imaging.Labels;

/// <summary>The labels of the published set of 8,632 CT and MRI scans, which the model that comes with Gyrus gives.</summary>
public static class PublishedLabels
{
    /// <summary>The seven, in the order of trained models: it never changes. <c>mri_tumor</c> is a tumour whose type nobody wrote
    /// down.</summary>
    public static LabelSet Set { get; } = new(
    [
        new("ct_healthy", Modality.Ct, IsTumour: false),
        new("ct_tumor", Modality.Ct, IsTumour: true),
        new("mri_glioma", Modality.Mri, IsTumour: true, "glioma"),
        new("mri_healthy", Modality.Mri, IsTumour: false),
        new("mri_meningioma", Modality.Mri, IsTumour: true, "meningioma"),
        new("mri_pituitary", Modality.Mri, IsTumour: true, "pituitary"),
        new("mri_tumor", Modality.Mri, IsTumour: true),
    ]);
}
