namespace Gyrus.Learning.Training;

/// <summary>The input of one step.</summary>
/// <param name="Taught">The images, for the taker to dispose.</param>
/// <param name="Seed">Decides what is random in the step.</param>
internal sealed record Batch(TaughtImages Taught, long Seed);

/// <summary>Makes the next batch of an epoch on another thread while the network computes the present one.</summary>
internal sealed class BatchesAhead : IDisposable
{
    private readonly IBatchSource _source;
    private readonly int[][] _batches;
    private readonly int _epoch;
    private readonly TrainingOptions _options;
    private int _next;
    private Task<Batch>? _ahead;

    /// <param name="source">Makes the batches.</param>
    /// <param name="order">The epoch's images in order.</param>
    /// <param name="epoch">1 for the first.</param>
    /// <param name="step">The step to begin with.</param>
    /// <param name="options">Batch size and seed.</param>
    public BatchesAhead(IBatchSource source, int[] order, int epoch, int step, TrainingOptions options)
    {
        (_source, _epoch, _next, _options) = (source, epoch, step, options);
        _batches = [.. order.Chunk(options.BatchSize)];
        Begin();
    }

    /// <summary>The next batch, once it is made.</summary>
    public Batch Next()
    {
        var batch = _ahead!.GetAwaiter().GetResult();
        _next++;
        Begin();
        return batch;
    }

    public void Dispose()
    {
        // Its memory is the native library's: what nobody took has to be given back.
        try
        {
            _ahead?.GetAwaiter().GetResult().Taught.Dispose();
        }
        catch (Exception)
        {
            // Whoever wanted the batch would have been told; nobody does.
        }
    }

    private void Begin()
    {
        int step = _next;
        _ahead = step >= _batches.Length ? null : Task.Run(() =>
        {
            long seed = Seeds.Derive(_options.Seed, "step", _epoch, step);
            return new Batch(_source.Taught(_batches[step], _epoch, seed), seed);
        });
    }
}
