using Gyrus.Dicom.Parsing;
using Gyrus.Dicom.Writing;

namespace Gyrus.Inference.Reports;

/// <summary>The items of a structured report: PS3.3 section C.17.3. An item of the document's tree is how it belongs to the one above, what it is about, and what it holds.</summary>
internal static class ReportContent
{
    public const string Contains = "CONTAINS", HasContext = "HAS OBS CONTEXT", HasModifier = "HAS CONCEPT MOD", InferredFrom = "INFERRED FROM";

    /// <summary>Items together under a name.</summary>
    public static DicomDataset Container(string relation, ReportCode name, params IReadOnlyList<DicomDataset> items) => Named(relation, "CONTAINER", name)
        .Text(ReportTags.ContinuityOfContent, "SEPARATE").Sequence(ReportTags.ContentSequence, items).Build();

    /// <summary>A code.</summary>
    public static DicomDataset Code(string relation, ReportCode name, ReportCode value, params IReadOnlyList<DicomDataset> items)
    {
        var item = Named(relation, "CODE", name).Sequence(ReportTags.ConceptCodeSequence, value.Item());
        return (items.Count == 0 ? item : item.Sequence(ReportTags.ContentSequence, items)).Build();
    }

    /// <summary>A text.</summary>
    public static DicomDataset Text(string relation, ReportCode name, string text) => Named(relation, "TEXT", name).Text(ReportTags.TextValue, text).Build();

    /// <summary>A UID.</summary>
    public static DicomDataset Uid(string relation, ReportCode name, string uid) => Named(relation, "UIDREF", name).Text(ReportTags.Uid, uid).Build();

    /// <summary>A number without a unit, and the images that it was made from.</summary>
    public static DicomDataset Number(string relation, ReportCode name, double number, IReadOnlyList<DicomDataset> from) => Named(relation, "NUM", name)
        .Sequence(ReportTags.MeasuredValueSequence, new DatasetBuilder()
            .Number(ReportTags.NumericValue, Math.Round(number, 6)).Sequence(ReportTags.MeasurementUnitsCodeSequence, ReportCode.NoUnits.Item()).Build())
        .Sequence(ReportTags.ContentSequence, from).Build();

    /// <summary>An image.</summary>
    /// <param name="relation">How it belongs to the item above.</param>
    /// <param name="name">What it is there; null where the place says it.</param>
    /// <param name="classUid">The object's class.</param>
    /// <param name="instanceUid">The object's UID.</param>
    /// <param name="frame">Which of its frames, from 0; null where it has one.</param>
    public static DicomDataset Image(string relation, ReportCode? name, string classUid, string instanceUid, int? frame)
    {
        var item = new DatasetBuilder().Text(ReportTags.RelationshipType, relation).Text(ReportTags.ValueType, "IMAGE");
        if (name is not null) item.Sequence(ReportTags.ConceptNameCodeSequence, name.Item());
        return item.Sequence(ReportTags.ReferencedSopSequence, Reference(classUid, instanceUid, frame)).Build();
    }

    /// <summary>Names an object.</summary>
    public static DicomDataset Reference(string classUid, string instanceUid, int? frame = null)
    {
        var reference = new DatasetBuilder().Text(ReportTags.ReferencedSopClassUid, classUid).Text(ReportTags.ReferencedSopInstanceUid, instanceUid);
        return (frame is { } one ? reference.Number(ReportTags.ReferencedFrameNumber, one + 1) : reference).Build();
    }

    private static DatasetBuilder Named(string relation, string type, ReportCode name) => new DatasetBuilder()
        .Text(ReportTags.RelationshipType, relation).Text(ReportTags.ValueType, type).Sequence(ReportTags.ConceptNameCodeSequence, name.Item());
}
