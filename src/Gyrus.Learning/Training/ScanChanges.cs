namespace Gyrus.Learning.Training;

/// <summary>How the images of training are changed.</summary>
/// <param name="Augmentation">Their place, sharpness and look.</param>
/// <param name="LesionPasting">Share of the healthy images of a modality with drawn lesions that get one, 0 to 1; half as many get healthy tissue in
/// the same way, and stay healthy.</param>
/// <param name="DrawnLesions">Share of the healthy images that get a lesion drawn at random, 0 to 1; half as many get healthy tissue in its outline.</param>
public sealed record ScanChanges(AugmentationOptions Augmentation, double LesionPasting = 0, double DrawnLesions = 0)
{
    /// <summary>Whether healthy heads get lesions.</summary>
    public bool AddLesions => LesionPasting > 0 || DrawnLesions > 0;
}
