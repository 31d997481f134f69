using Gyrus.Cli.Commands.Classify;
using Gyrus.Cli.Terminal;
using Gyrus.Data.Manifests;
using Gyrus.Dicom.Display;
using Gyrus.DicomWeb;
using Gyrus.Imaging.Decoding;
using Gyrus.Inference.Studies;

namespace Gyrus.Cli.Commands.Cluster;

/// <summary>Finds what a job of classifying is of.</summary>
/// <param name="arguments">What the user named.</param>
/// <param name="level">What an answer is of.</param>
/// <param name="window">Through which greys DICOM and NIfTI are seen.</param>
/// <param name="progress">Shows what goes on, and what is wrong.</param>
internal sealed class JobSource(string[] arguments, AnswerLevel level, GreyWindow? window, ProgressLine progress)
{
    private readonly PassedOver _passedOver = new();

    /// <summary>How much of it could not be used.</summary>
    public int Faults { get; private set; }

    /// <summary>What an answer is of, as of gyrus classify where the user does not say it; of a manifest images.</summary>
    public static AnswerLevel LevelOf(string[] arguments, ArchiveRequest? archive) =>
        archive is not null ? AnswerLevel.Study : StudyArguments.Level(arguments.Where(argument => !IsManifest(argument)));

    /// <summary>Files by their absolute paths, in the order of the answers: an image alone, or all of a study together.</summary>
    /// <param name="cancellation">Stops the search.</param>
    public IEnumerable<IReadOnlyList<string>> Files(CancellationToken cancellation)
    {
        var files = arguments.SelectMany(source => IsManifest(source) ? OfManifest(source) : ScanPaths.Expand([source], Console.OpenStandardInput, Fault, _passedOver).Select(Path.GetFullPath));
        foreach (var unit in level == AnswerLevel.Slice ? files.Select(file => (IReadOnlyList<string>)[file]) : Studies([.. files], cancellation)) yield return unit;
        if (_passedOver.Summary() is { } summary) progress.WriteLine("gyrus: " + summary);
    }

    /// <summary>The addresses of an archive's studies.</summary>
    /// <param name="request">Which.</param>
    /// <param name="cancellation">Stops the search.</param>
    /// <exception cref="GyrusException">The archive does not answer, or refuses.</exception>
    public async Task<IReadOnlyList<IReadOnlyList<string>>> Archive(ArchiveRequest request, CancellationToken cancellation)
    {
        using var client = ArchiveFlags.Connect(request.Address, progress);
        var studies = new ArchiveStudies(client, new SliceReader(window), progress);
        var found = await studies.Find(request, cancellation);
        if (found.Count == 0) Fault($"{client.Address}: the query finds no study there.");
        return [.. found.Select(study => (IReadOnlyList<string>)[studies.AddressOf(study)])];
    }

    private IEnumerable<IReadOnlyList<string>> Studies(string[] files, CancellationToken cancellation)
    {
        var found = StudyFiles.Read(files, new SliceReader(window), progress, cancellation);
        foreach (var fault in found.Faults) Fault(fault);
        if (found.Series.Count == 0) Fault("there is no DICOM or NIfTI file here. Name files or folders that hold some, or give --level slice.");
        var studyOf = new Dictionary<string, string>();
        foreach (var series in found.Series)
        {
            foreach (var slice in series.Slices) studyOf.TryAdd(slice.Path, series.StudyUid);
        }
        // In the order in which they were named, which decides of two images at one place.
        var filesOf = files.Distinct().Where(studyOf.ContainsKey).ToLookup(file => studyOf[file]);
        return found.Series.Select(series => series.StudyUid).Distinct().Select(study => (IReadOnlyList<string>)[.. filesOf[study]]);
    }

    private static bool IsManifest(string source) => Path.GetExtension(source).Equals(".csv", StringComparison.OrdinalIgnoreCase) && File.Exists(source);

    private static IEnumerable<string> OfManifest(string path)
    {
        var manifest = Manifest.Load(path);
        return manifest.Rows.Select(manifest.FullPath);
    }

    private void Fault(string message)
    {
        Faults++;
        progress.WriteLine("gyrus: " + message);
    }
}
