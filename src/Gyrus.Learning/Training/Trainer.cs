using System.Diagnostics;
using Gyrus.Imaging;
using Gyrus.Learning.Networks;
using Gyrus.Learning.Weights;
using static TorchSharp.torch;

namespace Gyrus.Learning.Training;

/// <summary>What training gave.</summary>
/// <param name="History">Every epoch.</param>
/// <param name="Best">The epoch that the metric chose.</param>
/// <param name="Weights">The network's weights after that epoch.</param>
public sealed record TrainingResult(IReadOnlyList<EpochRecord> History, EpochRecord Best, TensorTable Weights);

/// <summary>Fits what is trainable of a network, chooses the best epoch on validation, and survives being killed.</summary>
public sealed class Trainer
{
    private readonly TorchNetwork _network;
    private readonly IBatchSource _train;
    private readonly IBatchSource _val;
    private readonly TrainingOptions _options;
    private readonly CheckpointFolder? _checkpoints;
    private readonly float[] _labelWeights;

    private Trainer(
        TorchNetwork network, IBatchSource train, IBatchSource val, TrainingOptions options, CheckpointFolder? checkpoints)
    {
        (_network, _train, _val, _options, _checkpoints) = (network, train, val, options, checkpoints);
        _labelWeights = LabelWeights(train.Labels, options.ClassWeights);
    }

    /// <summary>Trains.</summary>
    /// <param name="network">The network with its first weights; those that require a gradient are fitted.</param>
    /// <param name="train">The weights are fitted on it.</param>
    /// <param name="val">The best epoch is chosen on it.</param>
    /// <param name="options">The recipe.</param>
    /// <param name="checkpoints">Where the last and the best state are kept, and taken up from where there are some;
    /// null to keep none.</param>
    /// <param name="onEpoch">Told of each epoch as it ends, those taken up from a checkpoint not among them.</param>
    /// <param name="progress">Told of each step.</param>
    /// <param name="cancellation">Stops training; with checkpoints it can go on later.</param>
    /// <exception cref="GyrusException">An option is out of range, or a part is empty.</exception>
    public static TrainingResult Fit(
        TorchNetwork network,
        IBatchSource train,
        IBatchSource val,
        TrainingOptions options,
        CheckpointFolder? checkpoints = null,
        Action<EpochRecord>? onEpoch = null,
        IProgress<WorkProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        options.Validate();
        if (train.Labels.Count == 0) throw new GyrusException("No image is in the training part: split the data first.");
        if (val.Labels.Count == 0) throw new GyrusException("No image is in the validation part: split the data first.");
        return new Trainer(network, train, val, options, checkpoints).Fit(onEpoch, progress, cancellation);
    }

    private TrainingResult Fit(
        Action<EpochRecord>? onEpoch, IProgress<WorkProgress>? progress, CancellationToken cancellation)
    {
        var trainable = _network.Graph.Variables.Where(variable => _network.Variable(variable.Name).requires_grad).ToList();
        using var adam = new Adam(_network, trainable.Select(variable => variable.Name), _options.LearningRate);
        var state = _checkpoints?.ReadLast(_network, adam) ?? TrainingState.Start;
        var best = state.Best is null ? null : _checkpoints!.ReadBest();
        var sinceSave = Stopwatch.StartNew();
        int steps = (_train.Labels.Count + _options.BatchSize - 1) / _options.BatchSize;

        while (!IsOver(state))
        {
            int epoch = state.History.Count + 1;
            var order = Seeds.Order(_train.Labels.Count, _options.Seed, epoch);
            var clock = Stopwatch.StartNew();
            while (state.Step < steps)
            {
                cancellation.ThrowIfCancellationRequested();
                int first = state.Step * _options.BatchSize;
                var images = order[first..Math.Min(first + _options.BatchSize, order.Length)];
                state = state with
                {
                    Tally = Step(images, state.Tally, adam, Seeds.Derive(_options.Seed, "step", epoch, state.Step)),
                    Step = state.Step + 1,
                };
                progress?.Report(new WorkProgress(
                    "training", ((long)(epoch - 1) * steps) + state.Step, (long)_options.Epochs * steps, $"epoch {epoch}"));
                if (_checkpoints is null || sinceSave.Elapsed < _checkpoints.SaveEvery) continue;
                state = state with { Seconds = state.Seconds + clock.Elapsed.TotalSeconds };
                clock.Restart();
                _checkpoints.WriteLast(_network, adam, state);
                sinceSave.Restart();
            }
            var record = new EpochRecord(
                epoch, state.Tally.Figures, Measure(_val, cancellation), state.Seconds + clock.Elapsed.TotalSeconds);
            bool better = record.IsBetterThan(state.Best, _options.Metric);
            state = new TrainingState([.. state.History, record], better ? record : state.Best, 0, PartTally.Empty, 0);
            if (better)
            {
                best = Weights();
                _checkpoints?.WriteBest(best);
            }
            if (_checkpoints is not null && (better || IsOver(state) || sinceSave.Elapsed >= _checkpoints.SaveEvery))
            {
                _checkpoints.WriteLast(_network, adam, state);
                sinceSave.Restart();
            }
            onEpoch?.Invoke(record);
        }
        return new TrainingResult(state.History, state.Best!, best!);
    }

    private bool IsOver(TrainingState state) =>
        state.History.Count >= _options.Epochs
        || (_options.Patience > 0 && state.Best is not null
            && state.History.Count - state.Best.Epoch >= _options.Patience);

    private PartTally Step(int[] images, PartTally tally, Adam adam, long seed)
    {
        using var scope = NewDisposeScope();
        _network.train();
        _network.Seed(seed);
        adam.ZeroGradients();
        var truth = Truth(_train, images);                       // [N]
        var logits = _network.call(_train.Inputs(images, seed)); // [N, 7]
        var loss = nn.functional.cross_entropy(logits, truth, tensor(_labelWeights));
        loss.backward();
        adam.Step();
        return Count(tally, images.Length, loss, truth, logits);
    }

    /// <summary>Figures over a part, with dropout off and every image once.</summary>
    private PartFigures Measure(IBatchSource part, CancellationToken cancellation)
    {
        _network.eval();
        using var noGradient = no_grad();
        var tally = PartTally.Empty;
        foreach (var images in Enumerable.Range(0, part.Labels.Count).Chunk(Prediction.BatchSize))
        {
            cancellation.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            var truth = Truth(part, images);
            var logits = _network.call(part.Inputs(images, seed: 0));
            var loss = nn.functional.cross_entropy(logits, truth);
            tally = tally.Add(loss.item<float>(), images.Length, truth.data<long>().ToArray(),
                logits.argmax(1).data<long>().ToArray());
        }
        return tally.Figures;
    }

    private PartTally Count(PartTally tally, int images, Tensor loss, Tensor truth, Tensor logits)
    {
        var labels = truth.data<long>().ToArray();
        double weight = _options.ClassWeights == ClassWeights.None ? images : labels.Sum(label => _labelWeights[label]);
        return tally.Add(loss.item<float>(), weight, labels, logits.argmax(1).data<long>().ToArray());
    }

    private TensorTable Weights() => new(
        _network.Graph.Variables.Select(variable => TorchLayout.ToKeras(variable.Name, _network.Variable(variable.Name))));

    private static Tensor Truth(IBatchSource source, int[] images) =>
        tensor(images.Select(image => (long)source.Labels[image]).ToArray());

    private static float[] LabelWeights(IReadOnlyList<int> labels, ClassWeights weights)
    {
        var counts = new int[ScanLabel.All.Count];
        foreach (int label in labels) counts[label]++;
        int present = counts.Count(count => count > 0);
        return [.. counts.Select(count =>
            weights == ClassWeights.None || count == 0 ? 1f : (float)labels.Count / (present * count))];
    }
}
