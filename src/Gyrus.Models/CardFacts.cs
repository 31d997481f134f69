namespace Gyrus.Models;

/// <summary>A measured figure with its 95 % interval.</summary>
/// <param name="Name">What it is, such as <c>accuracy, published test split</c>.</param>
/// <param name="Value">The figure.</param>
/// <param name="Low">The interval's lower end; NaN where none was measured.</param>
/// <param name="High">The interval's upper end; NaN where none was measured.</param>
public sealed record CardFigure(string Name, double Value, double Low = double.NaN, double High = double.NaN);

/// <summary>What a model card says beside its description: the parts that a person or a measurement has to give.</summary>
/// <param name="Data">What the model was trained on: data set, parts, counts.</param>
/// <param name="WeightsOrigin">Where the pretrained weights come from.</param>
/// <param name="WeightsLicence">Their licence.</param>
/// <param name="Figures">Measured figures; on what is in each one's name.</param>
/// <param name="Notes">What a reader must know to judge the figures, a sentence or more each.</param>
public sealed record CardFacts(
    string Data,
    string WeightsOrigin,
    string WeightsLicence,
    IReadOnlyList<CardFigure> Figures,
    IReadOnlyList<string> Notes)
{
    /// <summary>How calibration, threshold and sets that were learnt on validation hold on the images of
    /// <see cref="Figures"/>; empty where it was not measured.</summary>
    public IReadOnlyList<CardFigure> Trust { get; init; } = [];

    /// <summary>The licence of the weights, of which the card has the first line; null where they have none of their own.</summary>
    public string? Licence { get; init; }

    /// <summary>What is known to go wrong, as Markdown; empty where nobody wrote it down.</summary>
    public string KnownFailures { get; init; } = "";

    /// <summary>Figures apart for each value of a column; empty where none were asked for.</summary>
    public IReadOnlyList<CardColumn> By { get; init; } = [];
}

/// <summary>Figures apart for each value of a column of the data set.</summary>
/// <param name="Column">The column's name, such as <c>plane</c>.</param>
/// <param name="Values">The values.</param>
public sealed record CardColumn(string Column, IReadOnlyList<CardValue> Values);

/// <summary>Figures of the images that have one value in a column.</summary>
/// <param name="Value">The value; empty for images that have none.</param>
/// <param name="Count">How many images have it.</param>
/// <param name="Figures">Figures; one that is not defined is left out.</param>
public sealed record CardValue(string Value, int Count, IReadOnlyList<CardFigure> Figures);
