namespace Gyrus.Dicom.Parsing;

/// <summary>An attribute of a data set with its value, as the file has it.</summary>
/// <param name="Tag">Its number.</param>
/// <param name="Representation">Two letters for how the value is written (PS3.5 section 6.2); of the table of attributes where the file does not
/// say it, and <c>UN</c> where that has none.</param>
/// <param name="Value">The value's bytes; empty for a sequence and for pixels in fragments.</param>
public sealed record DicomElement(DicomTag Tag, string Representation, ReadOnlyMemory<byte> Value)
{
    /// <summary>The data sets in a sequence; empty for anything else.</summary>
    public IReadOnlyList<DicomDataset> Items { get; init; } = [];

    /// <summary>The parts of packed pixels, the table of offsets first; null for anything else.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>>? Fragments { get; init; }
}
