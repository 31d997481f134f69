using System.CommandLine;
using Gyrus.Cli.Terminal;
using Gyrus.DicomWeb;

namespace Gyrus.Cli.Commands.Classify;

/// <summary>The options of <c>gyrus classify</c> that name studies of an archive.</summary>
internal sealed class ArchiveFlags
{
    private readonly Option<string[]> _studies = new("--study")
    {
        Description = "Of dicomweb:URL: a study's UID; may be given several times.",
        HelpName = "UID",
    };

    private readonly Option<string?> _query = new("--query")
    {
        Description = "Of dicomweb:URL: the studies that it finds, such as 'ModalitiesInStudy=MR,StudyDate=20260101-20260131'.",
        HelpName = "A=V,…",
    };

    public void AddTo(Command command)
    {
        command.Add(_studies);
        command.Add(_query);
    }

    /// <summary>What was asked for; null where no archive is named.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="paths">What was named to classify.</param>
    /// <exception cref="GyrusException">An archive is named beside files, or without studies.</exception>
    public ArchiveRequest? Read(ParseResult parsed, string[] paths)
    {
        string[] studies = [.. (parsed.GetValue(_studies) ?? []).Select(ArchiveQuery.Uid)];
        var query = parsed.GetValue(_query) is { } text ? ArchiveQuery.Parse(text) : null;
        if (!paths.Any(ArchiveAddress.Names))
            return studies.Length == 0 && query is null ? null : throw new GyrusException($"{_studies.Name} and {_query.Name} go with an archive: dicomweb:URL in place of a file.");
        if (paths.Length > 1) throw new GyrusException("Name one archive, and files in a call of their own.");
        if (studies.Length == 0 && query is null)
            throw new GyrusException($"Say which studies of the archive are meant: {_studies.Name} UID, or {_query.Name} 'ModalitiesInStudy=MR,StudyDate=20260101-20260131'.");
        return new(ArchiveAddress.Parse(paths[0], Environment.GetEnvironmentVariable), studies, query);
    }

    /// <summary>Makes ready to ask an archive, again and again where it is away.</summary>
    /// <param name="archive">The archive.</param>
    /// <param name="progress">Told what is waited for, and where credentials are better not sent.</param>
    public static DicomWebClient Connect(ArchiveAddress archive, ProgressLine progress)
    {
        if (archive.Warning is { } warning) progress.WriteLine("gyrus: " + warning);
        return new(archive, ArchiveRetry.Pipeline(ArchiveRetry.UsualRetries, waiting => progress.WriteLine("gyrus: " + waiting)));
    }
}
