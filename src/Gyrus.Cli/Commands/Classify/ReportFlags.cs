using System.CommandLine;
using Gyrus.Dicom.Writing;
using Gyrus.DicomWeb;

namespace Gyrus.Cli.Commands.Classify;

/// <summary>Where answers go as DICOM objects.</summary>
/// <param name="Folder">Takes a folder for each study; null for none.</param>
/// <param name="Archive">Takes the objects; null for none.</param>
/// <param name="Uids">Makes the objects' UIDs.</param>
internal sealed record ReportRequest(string? Folder, ArchiveAddress? Archive, DicomUids Uids);

/// <summary>The options of <c>gyrus classify</c> that ask for DICOM objects.</summary>
internal sealed class ReportFlags
{
    private readonly Option<string?> _folder = new("--report")
    {
        Description = "Of studies: a folder for DICOM objects that an archive takes, in a folder for each study: a structured report (TID 1500), and the heat maps of the slices "
            + "that the answer rests on as secondary captures, of the same patient and study.",
        HelpName = "DIR",
    };

    private readonly Option<string?> _archive = new("--store")
    {
        Description = "Stores these objects in an archive (STOW-RS). One that is there already is not stored twice.",
        HelpName = "dicomweb:URL",
    };

    private readonly Option<string> _root = new("--uid-root")
    {
        Description = "With --report or --store: the root of your organisation, for the UIDs of new objects; 2.25, which is anyone's, if not given.",
        HelpName = "UID",
        DefaultValueFactory = _ => DicomUids.UuidRoot,
    };

    public void AddTo(Command command)
    {
        command.Add(_folder);
        command.Add(_archive);
        command.Add(_root);
    }

    /// <summary>What was asked for; null where no objects are wanted.</summary>
    /// <exception cref="GyrusException">A root is named without a place for objects, or is none; what is named is no archive.</exception>
    public ReportRequest? Read(ParseResult parsed)
    {
        var (folder, archive, root) = (parsed.GetValue(_folder), parsed.GetValue(_archive), parsed.GetValue(_root)!);
        if (folder is not null || archive is not null)
            return new ReportRequest(folder, archive is null ? null : ArchiveAddress.Parse(archive, Environment.GetEnvironmentVariable), new DicomUids(root));
        return root == DicomUids.UuidRoot ? null : throw new GyrusException($"{_root.Name} goes with {_folder.Name} DIR or {_archive.Name}: a place for the objects.");
    }
}
