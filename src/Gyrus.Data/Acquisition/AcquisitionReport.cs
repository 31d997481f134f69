using Gyrus.Imaging.Acquisition;

namespace Gyrus.Data.Acquisition;

/// <summary>The kinds of image in a data set by how the head was imaged, and their labels.</summary>
/// <param name="NamedBySequence">Whether kinds are the sequences and planes that the data set says; else they were found by likeness.</param>
/// <param name="Kinds">The kinds, those with one answer first, of these the most frequent.</param>
/// <param name="Sequence">How well kinds that are found by likeness agree with the sequences; null where none are said.</param>
/// <param name="Plane">The same of planes.</param>
/// <param name="Model">What tells the kind of a new image.</param>
public sealed record AcquisitionReport(
    bool NamedBySequence, IReadOnlyList<KindOfImage> Kinds, KindAgreement? Sequence, KindAgreement? Plane, AcquisitionKinds Model);

/// <summary>A kind of image in a data set.</summary>
/// <param name="Name">A letter, or sequence and plane.</param>
/// <param name="Images">Paths.</param>
/// <param name="Labels">How many images of each label it has, the most frequent first.</param>
/// <param name="Answer">What nearly all of its labelled images are: <c>tumour</c>, <c>healthy</c>, or a label where labels do not tell these; null where
/// there are enough of both, or too few images to say.</param>
/// <param name="AnswerShare">The share of its labelled images that have its most frequent answer, 0 to 1.</param>
/// <param name="StandsOutBy">The numbers by which it differs most from the mean of all images, in words.</param>
/// <param name="Alike">Images of the set that was compared, by sequence and plane, that are of this kind; empty where none are said.</param>
public sealed record KindOfImage(
    string Name, IReadOnlyList<string> Images, IReadOnlyList<KindCount> Labels, string? Answer, double AnswerShare,
    IReadOnlyList<string> StandsOutBy, IReadOnlyList<KindCount> Alike);

/// <summary>How many images have a name.</summary>
/// <param name="Name">A label, or a sequence.</param>
/// <param name="Images">Their number.</param>
public sealed record KindCount(string Name, int Images);

/// <summary>How well kinds agree with what the data set says.</summary>
/// <param name="Images">The images of which it says it.</param>
/// <param name="Kinds">The number of kinds that were found by likeness.</param>
/// <param name="AdjustedRand">The adjusted Rand index: 1 where both part the images alike, 0 on average by chance.</param>
/// <param name="Purity">The share of images that are what most of their kind are.</param>
/// <param name="PurityOfOne">The purity of a single kind: the share of the most frequent.</param>
public sealed record KindAgreement(int Images, int Kinds, double AdjustedRand, double Purity, double PurityOfOne);
