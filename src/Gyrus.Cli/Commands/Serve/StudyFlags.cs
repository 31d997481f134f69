using System.CommandLine;
using Gyrus.Dicom.Writing;
using Gyrus.DicomWeb;
using Gyrus.Server.Studies;

namespace Gyrus.Cli.Commands.Serve;

/// <summary>The options of <c>gyrus serve</c> for studies that are sent to it.</summary>
internal sealed class StudyFlags
{
    private readonly Option<string?> _folder = new("--studies")
    {
        Description = "Take studies by DICOMweb (STOW-RS at /v1/dicom-web) and answer them at /v1/studies/UID; a folder for their objects, which are deleted an hour after the answer, and "
            + "for the answers.",
        HelpName = "DIR",
    };

    private readonly Setting<TimeSpan> _quiet = new(
        "--study-quiet", "GYRUS_STUDY_QUIET", "SECONDS", "With --studies: a study is answered once nothing more of it has come for so long; 10 if not given.",
        "a number of seconds, 1 to 3600", text => int.TryParse(text, out int seconds) && seconds is >= 1 and <= 3600 ? TimeSpan.FromSeconds(seconds) : null);

    private readonly Option<string?> _archive = new("--store")
    {
        Description = "With --studies: store the report and heat maps of each study in an archive (STOW-RS).",
        HelpName = "dicomweb:URL",
    };

    private readonly Option<string> _root = new("--uid-root")
    {
        Description = "With --store: the root of your organisation, for the UIDs of new objects; 2.25, which is anyone's, if not given.",
        HelpName = "UID",
        DefaultValueFactory = _ => DicomUids.UuidRoot,
    };

    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[_folder, _quiet.Option, _archive, _root]) command.Options.Add(option);
    }

    /// <summary>How studies are taken; null where none are.</summary>
    /// <exception cref="GyrusException">An option means nothing, or goes with another that is not there.</exception>
    public StudyOptions? Read(ParseResult parsed, Func<string, string?> environment)
    {
        var archive = parsed.GetValue(_archive);
        if (archive is null && parsed.GetValue(_root) != DicomUids.UuidRoot)
            throw new GyrusException($"{_root.Name} goes with {_archive.Name}: the archive that takes the objects.");
        if (parsed.GetValue(_folder) is not { } folder)
            return archive is null ? null : throw new GyrusException($"{_archive.Name} goes with {_folder.Name} DIR: the studies whose reports are stored.");
        var options = new StudyOptions(folder)
        {
            Archive = archive is null ? null : ArchiveAddress.Parse(archive, environment),
            Uids = new DicomUids(parsed.GetValue(_root)!),
        };
        return options with { Quiet = _quiet.Read(parsed, environment) ?? options.Quiet };
    }
}
