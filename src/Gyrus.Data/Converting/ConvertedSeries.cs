namespace Gyrus.Data.Converting;

/// <summary>What became of a series.</summary>
/// <param name="Source">The file of its first slice.</param>
/// <param name="Found">Its slices.</param>
public sealed record ConvertedSeries(string Source, int Found)
{
    /// <summary>The folder or file that was written; null where none was.</summary>
    public string? Path { get; init; }

    /// <summary>The table that tells which slice is which source; null where none was written.</summary>
    public string? Table { get; init; }

    /// <summary>Slices written.</summary>
    public int Written { get; init; }

    /// <summary>The slices that images were written of, and their files.</summary>
    internal IReadOnlyList<TabledSlice> Slices { get; init; } = [];

    /// <summary>The number of the series in its study; null where the file does not say it.</summary>
    public int? Number { get; init; }

    /// <summary>The series in words.</summary>
    public string Description { get; init; } = "";

    /// <summary><c>CT</c>, <c>MR</c> and others; empty where the file does not say it.</summary>
    public string Modality { get; init; } = "";

    /// <summary>The plane; empty where it is not known.</summary>
    public string Plane { get; init; } = "";

    /// <summary>The unit of values, such as <c>HU</c>; empty where it is not known.</summary>
    public string Unit { get; init; } = "";

    /// <summary>What a level of a 16-bit image is multiplied by, and what is added then, to give the value; null where images are none of 16 bits.</summary>
    public GreyLevels? Levels { get; init; }

    /// <summary>What is wrong: why it was not written, or which slices are missing; a sentence each, with the file.</summary>
    public IReadOnlyList<string> Faults { get; init; } = [];
}

/// <summary>What a conversion gave.</summary>
/// <param name="Series">The series, those too that were not written.</param>
/// <param name="Others">Files that are neither DICOM nor NIfTI.</param>
/// <param name="Duplicates">Images that were there already and are left out.</param>
/// <param name="Unreadable">What is wrong with files that begin as DICOM or NIfTI and cannot be read, a sentence each.</param>
public sealed record ConversionResult(IReadOnlyList<ConvertedSeries> Series, IReadOnlyList<string> Others, int Duplicates, IReadOnlyList<string> Unreadable)
{
    /// <summary>All that is wrong, a sentence each.</summary>
    public IReadOnlyList<string> Faults => [.. Unreadable, .. Series.SelectMany(series => series.Faults)];
}
