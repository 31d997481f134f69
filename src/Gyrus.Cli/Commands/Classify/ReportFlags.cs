using System.CommandLine;
using Gyrus.Dicom.Writing;

namespace Gyrus.Cli.Commands.Classify;

/// <summary>Where answers go as DICOM objects.</summary>
/// <param name="Folder">Takes a folder for each study.</param>
/// <param name="Uids">Makes the objects' UIDs.</param>
internal sealed record ReportRequest(string Folder, DicomUids Uids);

/// <summary>The options of <c>gyrus classify</c> that ask for DICOM objects.</summary>
internal sealed class ReportFlags
{
    private readonly Option<string?> _folder = new("--report")
    {
        Description = "Of studies: a folder for DICOM objects that an archive takes, in a folder for each study: a structured report (TID 1500), and the heat maps of the slices "
            + "that the answer rests on as secondary captures, of the same patient and study.",
        HelpName = "DIR",
    };

    private readonly Option<string> _root = new("--uid-root")
    {
        Description = "With --report: the root of your organisation, for the UIDs of new objects; 2.25, which is anyone's, if not given.",
        HelpName = "UID",
        DefaultValueFactory = _ => DicomUids.UuidRoot,
    };

    public void AddTo(Command command)
    {
        command.Add(_folder);
        command.Add(_root);
    }

    /// <summary>What was asked for; null where no objects are wanted.</summary>
    /// <exception cref="GyrusException">A root is named without a folder, or is none.</exception>
    public ReportRequest? Read(ParseResult parsed)
    {
        var root = parsed.GetValue(_root)!;
        if (parsed.GetValue(_folder) is { } folder) return new ReportRequest(folder, new DicomUids(root));
        return root == DicomUids.UuidRoot ? null : throw new GyrusException($"{_root.Name} goes with {_folder.Name} DIR: the folder for the objects.");
    }
}
