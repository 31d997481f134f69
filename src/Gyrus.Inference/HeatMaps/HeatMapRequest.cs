using Gyrus.Imaging.Labels;

namespace Gyrus.Inference.HeatMaps;

/// <summary>Asks for a heat map of a scan.</summary>
/// <param name="Method">How it is computed; <see cref="HeatMapMethod.Cam"/> where null.</param>
/// <param name="Label">The label that it is of, against all others. Where null it is of a tumour against the healthy if the labels tell, and
/// of the label that the scan is given if not.</param>
/// <param name="IsDrawn">Whether a picture is drawn of it (<see cref="ScanResult.Picture"/>), and not its values given alone (<see cref="ScanResult.Evidence"/>).</param>
public sealed record HeatMapRequest(HeatMapMethod? Method = null, string? Label = null, bool IsDrawn = true)
{
    /// <summary>The method that is used.</summary>
    internal HeatMapMethod UsedMethod => Method ?? HeatMapMethod.Cam;

    /// <summary>Whether the map is of a label, and not of a tumour.</summary>
    internal bool IsOfLabel(LabelSet labels) => Label is not null || !labels.TellsTumours;

    /// <summary>What the map is of.</summary>
    /// <param name="labels">The network's labels; the one that is asked for is among them.</param>
    /// <param name="answer">The label that the scan is given.</param>
    internal EvidenceTarget Target(LabelSet labels, ScanLabel answer) => IsOfLabel(labels)
        ? EvidenceTarget.Of(labels, Label is null ? answer : labels[labels.IndexOf(Label)]) : EvidenceTarget.Tumour(labels);
}
