using System.Text.RegularExpressions;
using Gyrus.Data.Converting;
using Gyrus.Data.Manifests;
using Gyrus.Dicom.Series;

namespace Gyrus.Data.Import;

/// <summary>What the attributes of a DICOM or NIfTI file tell of an image, as columns of a manifest. Names and numbers of people and studies are hashes.</summary>
internal sealed partial record SliceColumns
{
    private static readonly string[] Planes = ["axial", "coronal", "sagittal"];

    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);

    /// <summary>The columns.</summary>
    public static IReadOnlyList<string> Names { get; } =
        [KnownColumns.Source, KnownColumns.Patient, KnownColumns.Study, KnownColumns.Series, KnownColumns.Sequence, KnownColumns.Plane];

    /// <summary>Of an image of another format.</summary>
    public static SliceColumns None { get; } = new();

    /// <summary>A column's value; empty where it is not known.</summary>
    public string this[string column] => _values.GetValueOrDefault(column, "");

    /// <summary>What is known of a DICOM series. Without a patient's number a study is taken for a patient's own.</summary>
    public static SliceColumns Of(DicomSeries series)
    {
        var first = series.First;
        return new()
        {
            _values =
            {
                [KnownColumns.Source] = first.Collection,
                [KnownColumns.Patient] = first.Patient.Length > 0 ? first.Patient : Hash(first.StudyUid),
                [KnownColumns.Study] = Hash(first.StudyUid),
                [KnownColumns.Series] = Hash(first.SeriesUid),
                [KnownColumns.Sequence] = first.Modality == "CT" ? "ct" : first.Sequence,
                [KnownColumns.Plane] = Planes.Contains(series.Plane) ? series.Plane : "",
            },
        };
    }

    /// <summary>What is known of a NIfTI volume: it names nobody, so that each file is taken for a patient, unless its path has a subject as BIDS writes it (sub-01).</summary>
    public static SliceColumns Of(FoundImage image, SliceStack stack) => new()
    {
        _values =
        {
            [KnownColumns.Patient] = Hash(Subject().Match(image.Name) is { Success: true } subject ? subject.Value : image.Name),
            [KnownColumns.Series] = Hash($"{image.Name}#{stack.Plane}"),
            [KnownColumns.Sequence] = stack.Modality == "CT" ? "ct" : "",
            [KnownColumns.Plane] = stack.Plane,
        },
    };

    private static string Hash(string name) => name.Length == 0 ? "" : Pseudonym.Of(name);

    // Brain Imaging Data Structure 1.10, "Common principles: entities".
    [GeneratedRegex("(?<=^|/)sub-[A-Za-z0-9]+", RegexOptions.CultureInvariant)]
    private static partial Regex Subject();
}
