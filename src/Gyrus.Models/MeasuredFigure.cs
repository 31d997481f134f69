using System.Text.Json.Serialization;

namespace Gyrus.Models;

/// <summary>A figure that a model was measured with, for programs; the card has them for people.</summary>
/// <param name="Name">What it is, such as <c>across sources: balanced accuracy</c>.</param>
/// <param name="Value">The figure.</param>
/// <param name="Low">The lower end of its 95 % interval; null where none was measured.</param>
/// <param name="High">The upper end, likewise.</param>
/// <param name="Images">Images that it was measured on.</param>
/// <param name="AcrossSources">Whether these are of sources that the measured network was not trained on, so that a scan from elsewhere can expect as much.</param>
public sealed record MeasuredFigure(
    string Name,
    double Value,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? Low,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? High,
    int Images,
    bool AcrossSources);
