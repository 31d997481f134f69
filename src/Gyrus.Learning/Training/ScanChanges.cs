namespace Gyrus.Learning.Training;

/// <summary>How the images of training are changed.</summary>
/// <param name="Augmentation">Their place, sharpness and look.</param>
/// <param name="LesionPasting">Share of the healthy images of a modality with drawn lesions that get one, 0 to 1; half as many get healthy tissue in
/// the same way, and stay healthy.</param>
public sealed record ScanChanges(AugmentationOptions Augmentation, double LesionPasting = 0);
