using Gyrus.Dicom.Privacy;
using Gyrus.Dicom.Writing;

namespace Gyrus.Data.Deidentification;

/// <summary>What to take out of which files.</summary>
/// <param name="Source">A folder, a DICOMDIR or a DICOM file.</param>
/// <param name="Folder">Where the copies go, apart from the source.</param>
public sealed record DeidentificationRequest(string Source, string Folder)
{
    /// <summary>What pseudonyms are made with, <see cref="Pseudonyms.ShortestSecret"/> bytes or more; null for a random one that is forgotten, so that nothing joins these copies to others.</summary>
    public byte[]? Secret { get; init; }

    /// <summary>What new UIDs begin with.</summary>
    public string UidRoot { get; init; } = DicomUids.UuidRoot;

    /// <summary>What is kept beyond the basic profile.</summary>
    public DeidentificationOptions Options { get; init; } = new();

    /// <summary>Whether pixels around the head become black.</summary>
    public bool BlankOutsideHead { get; init; }

    /// <summary>Whether objects that may tell who they are of all the same are written too: see <see cref="ObjectRisk.Of"/>.</summary>
    public bool KeepRisky { get; init; }
}
