using System.Text.Json.Serialization;
using Gyrus.Data.Copies;
using Gyrus.Data.Metadata;
using Gyrus.Data.Surroundings;
using Gyrus.Imaging.Acquisition;
using Gyrus.Imaging.Grey;

namespace Gyrus.Data.Examining;

/// <summary>
/// Everything that an audit or a split needs to know of one image, computed once from its file and then cached by the
/// file's hash.
/// </summary>
/// <param name="Sha256">SHA-256 of the file's bytes, 64 lower-case hexadecimal digits.</param>
/// <param name="Width">Pixels across, upright.</param>
/// <param name="Height">Pixels down, upright.</param>
/// <param name="Mode">The file's colour mode, as <see cref="Gyrus.Imaging.Decoding.Scan.Mode"/> has it.</param>
/// <param name="Format">The name of the format found in the content (<see cref="Gyrus.Imaging.Decoding.ImageFormats"/>), such as <c>png</c>.</param>
/// <param name="Surroundings">The head, and what is around it.</param>
/// <param name="Metadata">What the file says beside its pixels.</param>
public sealed record ImageFacts(
    string Sha256,
    int Width,
    int Height,
    string Mode,
    string Format,
    SurroundingsFacts Surroundings,
    IReadOnlyList<MetadataFinding> Metadata)
{
    /// <summary>Whether the image shows next to nothing: <see cref="BlankImage"/>.</summary>
    public bool Blank { get; init; }

    /// <summary>How much colour the image has: <see cref="ImageColours.Chroma"/>.</summary>
    public double Chroma { get; init; }

    /// <summary>How the head was imaged: <see cref="AcquisitionColumns"/>.</summary>
    public float[] Acquisition { get; init; } = new float[AcquisitionColumns.Count];

    /// <summary>What copies of the image are found by; kept beside the rest, which is kept as JSON.</summary>
    [JsonIgnore]
    public Fingerprint Fingerprint { get; init; } = Fingerprint.Nothing;
}
