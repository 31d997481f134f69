using System.Collections.Concurrent;
using System.Text;
using Gyrus.Cluster.Jobs;
using Gyrus.Imaging.Decoding;
using Gyrus.Inference;
using Gyrus.Inference.Studies;

namespace Gyrus.Cluster.Work;

/// <summary>Answers images, shards one after another as one stream, so that the cores have the next shard's while a shard ends.</summary>
/// <param name="classifier">The classifier that the job asks for.</param>
/// <param name="request">What it asks.</param>
internal sealed class SliceWork(ScanClassifier classifier, JobRequest request) : IJobWork
{
    private readonly SliceReader _reader = request.Options.Reader();

    public void Dispose() => classifier.Dispose();

    public IEnumerable<(OpenShard Shard, ShardAnswers Answers)> Answer(IEnumerable<OpenShard> shards, CancellationToken cancel)
    {
        // What is read, in order; the classifier's results come in the same order.
        var read = new ConcurrentQueue<(OpenShard Shard, bool IsLast)>();
        IEnumerable<SeriesSlice> Slices()
        {
            foreach (var shard in shards)
            {
                SeriesSlice? before = null;
                foreach (var slice in shard.Files.SelectMany(file => FileSlices.Of(file, _reader)))
                {
                    if (before is not null)
                    {
                        read.Enqueue((shard, IsLast: false));
                        yield return before;
                    }
                    before = slice;
                }
                // Each file gives an image at least, be it one that cannot be read.
                read.Enqueue((shard, IsLast: true));
                yield return before!;
            }
        }

        var lines = new StringBuilder();
        int images = 0, errors = 0;
        foreach (var result in classifier.Classify(Slices(), slice => slice.Name, slice => slice.Read(), cancel: cancel))
        {
            lines.Append(AnswerJson.Line(result, request.Recipe)).Append('\n');
            images++;
            if (result.Error is not null) errors++;
            if (!read.TryDequeue(out var of)) throw new InvalidOperationException("A result came of an image that was not read.");
            if (!of.IsLast) continue;
            yield return (of.Shard, new ShardAnswers(PackedText.Pack(Encoding.UTF8.GetBytes(lines.ToString())), images, errors));
            lines.Clear();
            (images, errors) = (0, 0);
        }
    }
}
