using System.Text;
using Gyrus.Cluster.Jobs;
using Gyrus.DicomWeb;
using Gyrus.Imaging.Decoding;
using Gyrus.Inference;
using Gyrus.Inference.Studies;

namespace Gyrus.Cluster.Work;

/// <summary>Answers studies, of files or of an archive.</summary>
/// <param name="classifier">The classifier that the job asks for.</param>
/// <param name="request">What it asks.</param>
internal sealed class StudyWork(ScanClassifier classifier, JobRequest request) : IJobWork
{
    /// <summary>While one shard's images go through the network, the next's are looked for or fetched.</summary>
    private const int AtOnce = 2;

    private readonly SliceReader _reader = request.Options.Reader();

    // From the environment of this node: who asks an archive is no matter of the cluster's store.
    private readonly DicomWebClient? _archive = request.Options.Archive is not { } archive ? null
        : new DicomWebClient(ArchiveAddress.Parse(archive, Environment.GetEnvironmentVariable), ArchiveRetry.Pipeline(ArchiveRetry.UsualRetries, onRetry: null));

    public IEnumerable<(OpenShard Shard, ShardAnswers Answers)> Answer(IEnumerable<OpenShard> shards, CancellationToken cancel) => SideBySide.Answer(
        shards, AtOnce, shard => _archive is null ? OfFiles(shard, cancel) : OfArchive(_archive, shard, cancel).GetAwaiter().GetResult(), cancel);

    public void Dispose()
    {
        _archive?.Dispose();
        classifier.Dispose();
    }

    private ShardAnswers OfFiles(OpenShard shard, CancellationToken cancel)
    {
        var lines = new StringBuilder();
        int errors = Add(lines, StudyFiles.Read(shard.Files, _reader, progress: null, cancel), cancel);
        return Pack(lines, errors);
    }

    private async Task<ShardAnswers> OfArchive(DicomWebClient archive, OpenShard shard, CancellationToken cancel)
    {
        var studies = new ArchiveStudies(archive, _reader);
        var lines = new StringBuilder();
        int errors = 0;
        foreach (var address in shard.Files)
        {
            await studies.Use(ArchiveStudies.UidOf(address), files =>
            {
                errors += Add(lines, files, cancel);
                return Task.CompletedTask;
            }, cancel);
        }
        return Pack(lines, errors);
    }

    /// <summary>Adds the lines of studies.</summary>
    /// <returns>How many of their images cannot be read.</returns>
    private int Add(StringBuilder lines, StudyFiles files, CancellationToken cancel)
    {
        int errors = files.Faults.Count;
        foreach (var study in StudyClassifier.Classify(classifier, files.Series, progress: null, heatMaps: null, cancel))
        {
            lines.Append(StudyJson.Lines(study, request.Options.Level, request.Recipe));
            errors += study.Series.SelectMany(series => series.Slices).Count(slice => slice.Result.Error is not null);
        }
        return errors;
    }

    private static ShardAnswers Pack(StringBuilder lines, int errors)
    {
        var text = lines.ToString();
        return new(PackedText.Pack(Encoding.UTF8.GetBytes(text)), text.Count(letter => letter == '\n'), errors);
    }
}
