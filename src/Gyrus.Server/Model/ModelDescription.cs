using Gyrus.Models;
using Gyrus.Models.Trust;

namespace Gyrus.Server.Model;

/// <summary>What is known of the model that answers.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Version">Its version.</param>
/// <param name="Backbone">The network that it was trained from.</param>
/// <param name="Labels">The labels, in the order of probabilities.</param>
/// <param name="LabelMeanings">What each label means: modality, whether it is a tumour, and of which type.</param>
/// <param name="TrainedAt">When it was trained.</param>
/// <param name="Threshold">The probability from which an image is called a tumour, and what it was chosen for; null where the
/// package has none and the service was told none.</param>
/// <param name="OwnThreshold">The model's own threshold, where the service was told another; null where it is the model's that holds.</param>
/// <param name="Views">Sides that an image is looked at from.</param>
/// <param name="Temperature">What logits are divided by, so that probabilities are calibrated.</param>
/// <param name="Coverage">How often conformal sets are meant to hold the true label.</param>
/// <param name="Abstains">Whether it refuses images that are unlike its own.</param>
/// <param name="Limits">What a reader of an answer must know: what the model was not taught, where it is blind; a sentence each.</param>
/// <param name="Figures">What the model was measured with, figures on sources that it was not trained on first; empty where the package says none.</param>
/// <param name="HeatMaps">Whether it gives heat maps: of a tumour, or, where its labels do not tell, of the label that a scan is given.</param>
/// <param name="LabelHeatMaps">Whether it gives heat maps of a label that is asked for.</param>
/// <param name="OnThisComputer">Whether the page can classify scans in the browser, so that nothing is sent.</param>
/// <param name="NetworkSize">Bytes of the network, which the browser fetches for that.</param>
/// <param name="KeepsImages">Whether the service keeps the images that it is sent.</param>
/// <param name="LargestImage">Bytes of an image file that the service takes at most.</param>
/// <param name="LargestStudy">Bytes of the files of a study that it takes at most.</param>
/// <param name="Card">Its card, as Markdown; it begins with a note where another threshold holds.</param>
internal sealed record ModelDescription(
    string Name,
    string Version,
    string Backbone,
    IReadOnlyList<string> Labels,
    IReadOnlyList<LabelMeaning> LabelMeanings,
    DateTimeOffset TrainedAt,
    OperatingPoint? Threshold,
    double? OwnThreshold,
    int Views,
    double? Temperature,
    double? Coverage,
    bool Abstains,
    IReadOnlyList<string> Limits,
    IReadOnlyList<MeasuredFigure> Figures,
    bool HeatMaps,
    bool LabelHeatMaps,
    bool OnThisComputer,
    long NetworkSize,
    bool KeepsImages,
    int LargestImage,
    long LargestStudy,
    string Card);

/// <summary>What a label means; null where it does not say.</summary>
/// <param name="Name">The label.</param>
/// <param name="Modality"><c>ct</c> or <c>mri</c>.</param>
/// <param name="IsTumour">Whether it names a tumour.</param>
/// <param name="Type">Its type.</param>
internal sealed record LabelMeaning(string Name, string? Modality, bool? IsTumour, string? Type);
