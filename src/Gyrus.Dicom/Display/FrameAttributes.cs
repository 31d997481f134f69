using Gyrus.Dicom.Parsing;

namespace Gyrus.Dicom.Display;

/// <summary>What a frame of an object has for attributes: its own, else those that all frames share, else the object's. PS3.3 section C.7.6.16.</summary>
/// <param name="data">The object.</param>
/// <param name="frame">The frame's number, from 0.</param>
public sealed class FrameAttributes(DicomDataset data, int frame)
{
    /// <summary>The object.</summary>
    public DicomDataset Object => data;

    /// <summary>The numbers of an attribute.</summary>
    /// <param name="group">The functional group that an enhanced object has it in.</param>
    /// <param name="tag">The attribute.</param>
    public IReadOnlyList<double> Numbers(DicomTag group, DicomTag tag) => Holder(group, tag)?.Numbers(tag) ?? [];

    /// <summary>The first value of an attribute as a text; empty where it is nowhere.</summary>
    /// <param name="group">The functional group that an enhanced object has it in.</param>
    /// <param name="tag">The attribute.</param>
    public string Text(DicomTag group, DicomTag tag) => Holder(group, tag)?.Text(tag) ?? "";

    private DicomDataset? Holder(DicomTag group, DicomTag tag)
    {
        var frames = data.Items(DicomTags.PerFrameFunctionalGroupsSequence);
        DicomDataset?[] places =
        [
            frame < frames.Count ? First(frames[frame].Items(group)) : null,
            First(data.Items(DicomTags.SharedFunctionalGroupsSequence)) is { } shared ? First(shared.Items(group)) : null,
            data,
        ];
        return Array.Find(places, place => place?.Find(tag) is { Value.IsEmpty: false });
    }

    private static DicomDataset? First(IReadOnlyList<DicomDataset> items) => items is [var first, ..] ? first : null;
}
