using Gyrus.Dicom.Writing;
using Gyrus.DicomWeb;

namespace Gyrus.Server.Studies;

/// <summary>How studies that are sent to the service are taken and answered.</summary>
/// <param name="Folder">Takes their objects until they are answered, and the answers.</param>
public sealed record StudyOptions(string Folder)
{
    /// <summary>How long nothing more of a study has come before it is answered; 10 seconds unless given. A DICOM study does not say how many objects it has.</summary>
    public TimeSpan Quiet { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long the objects of a study that was answered stay, so that one that comes late is answered with all others; an hour unless given.</summary>
    public TimeSpan Keep { get; init; } = TimeSpan.FromHours(1);

    /// <summary>The archive that takes reports; null for none.</summary>
    public ArchiveAddress? Archive { get; init; }

    /// <summary>Makes the UIDs of reports.</summary>
    public DicomUids Uids { get; init; } = new();
}
