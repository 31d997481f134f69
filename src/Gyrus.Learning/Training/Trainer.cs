using System.Diagnostics;
using Gyrus.Learning.Networks;
using Gyrus.Learning.Tensors;
using TorchSharp;
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
    private readonly Func<string, double> _rateShare;
    private readonly Objective _objective;
    private readonly EvidenceObjective? _evidence;
    private readonly Distillation? _distillation;
    private readonly int _steps;
    private readonly int _firstThatCounts;

    private Trainer(
        TorchNetwork network,
        IBatchSource train,
        IBatchSource val,
        TrainingOptions options,
        Func<string, double>? rateShare,
        int firstThatCounts,
        CheckpointFolder? checkpoints,
        Distillation? distillation)
    {
        (_firstThatCounts, _distillation) = (firstThatCounts, distillation);
        (_network, _train, _val, _options, _checkpoints) = (network, train, val, options, checkpoints);
        _rateShare = rateShare ?? (_ => 1);
        _objective = new Objective(train.Labels, train.LabelSet, options, network.Device);
        _evidence = options.EvidenceWeight > 0 ? new EvidenceObjective(network, train.LabelSet) : null;
        _steps = (train.Order(options.Seed, epoch: 1).Length + options.BatchSize - 1) / options.BatchSize;
    }

    /// <summary>Trains.</summary>
    /// <param name="network">The network with its first weights; those that require a gradient are fitted.</param>
    /// <param name="train">The weights are fitted on it.</param>
    /// <param name="val">The best epoch is chosen on it.</param>
    /// <param name="options">The recipe.</param>
    /// <param name="rateShare">What the learning rate is multiplied by for a weight, by its name; 1 for all where
    /// null.</param>
    /// <param name="firstThatCounts">Any epoch from this one on is better than all before it, which saw smaller
    /// images.</param>
    /// <param name="checkpoints">Where the last and the best state are kept, and taken up from where there are some;
    /// null to keep none.</param>
    /// <param name="onEpoch">Told of each epoch as it ends, those taken up from a checkpoint not among them.</param>
    /// <param name="progress">Told of each step.</param>
    /// <param name="distillation">A teacher, and how much it counts; none where null.</param>
    /// <param name="cancellation">Stops training; with checkpoints it can go on later.</param>
    /// <exception cref="GyrusException">An option is out of range, a part is empty, or the loss is no number any
    /// more.</exception>
    internal static TrainingResult Fit(
        TorchNetwork network,
        IBatchSource train,
        IBatchSource val,
        TrainingOptions options,
        Func<string, double>? rateShare = null,
        int firstThatCounts = 1,
        CheckpointFolder? checkpoints = null,
        Action<EpochRecord>? onEpoch = null,
        IProgress<WorkProgress>? progress = null,
        Distillation? distillation = null,
        CancellationToken cancellation = default)
    {
        options.Validate();
        if (train.Labels.Count == 0) throw new GyrusException("No image is in the training part: split the data first.");
        if (val.Labels.Count == 0) throw new GyrusException("No image is in the validation part: split the data first.");
        return new Trainer(network, train, val, options, rateShare, firstThatCounts, checkpoints, distillation).Fit(onEpoch, progress, cancellation);
    }

    private TrainingResult Fit(
        Action<EpochRecord>? onEpoch, IProgress<WorkProgress>? progress, CancellationToken cancellation)
    {
        var fitted = _network.Graph.Variables.Select(variable => variable.Name)
            .Where(name => _network.Variable(name).requires_grad)
            .Select(name => new FittedWeight(name, _rateShare(name), IsKernel(name) ? _options.WeightDecay : 0)).ToList();
        using var adam = new Adam(_network, fitted);
        using var average = _options.Averaging == 0 ? null
            : new WeightAverage(_network, fitted.Select(weight => weight.Name), _options.Averaging);
        var state = _checkpoints?.ReadLast(_network, adam, average) ?? TrainingState.Start;
        var best = state.Best is null ? null : _checkpoints!.ReadBest();
        var sinceSave = Stopwatch.StartNew();

        while (!IsOver(state))
        {
            int epoch = state.History.Count + 1;
            var order = _train.Order(_options.Seed, epoch);
            var clock = Stopwatch.StartNew();
            using var batches = new BatchesAhead(_train, order, epoch, state.Step, _options);
            while (state.Step < _steps)
            {
                cancellation.ThrowIfCancellationRequested();
                var batch = batches.Next();
                state = state with { Tally = Step(batch, state.Tally, adam, epoch, state.Step), Step = state.Step + 1 };
                average?.Add(adam.Steps);
                progress?.Report(new WorkProgress(
                    "training", ((long)(epoch - 1) * _steps) + state.Step, (long)_options.Epochs * _steps, $"epoch {epoch}"));
                if (_checkpoints is null || sinceSave.Elapsed < _checkpoints.SaveEvery) continue;
                state = state with { Seconds = state.Seconds + clock.Elapsed.TotalSeconds };
                clock.Restart();
                _checkpoints.WriteLast(_network, adam, average, state);
                sinceSave.Restart();
            }
            using var measured = average?.Swapped();
            var record = new EpochRecord(
                epoch, state.Tally.Figures, Measure(_val, epoch, cancellation), state.Seconds + clock.Elapsed.TotalSeconds);
            if (!double.IsFinite(record.Val.Loss)) throw Diverged(epoch, "the loss on the validation part is no number");
            bool better = record.IsBetterThan(state.Best, _options.Metric)
                || (epoch >= _firstThatCounts && state.Best!.Epoch < _firstThatCounts);
            state = new TrainingState([.. state.History, record], better ? record : state.Best, 0, PartTally.Empty, 0);
            if (better)
            {
                best = Weights();
                _checkpoints?.WriteBest(best);
            }
            measured?.Dispose();
            if (_checkpoints is not null && (better || IsOver(state) || sinceSave.Elapsed >= _checkpoints.SaveEvery))
            {
                _checkpoints.WriteLast(_network, adam, average, state);
                sinceSave.Restart();
            }
            onEpoch?.Invoke(record);
        }
        return new TrainingResult(state.History, state.Best!, best!);
    }

    private static GyrusException Diverged(int epoch, string how) => new(
        $"Training came apart in epoch {epoch}: {how}. The weights grew beyond all bounds: train again, into another folder, with a "
        + "learning rate ten times smaller, or with gradients that are clipped.");

    private bool IsOver(TrainingState state) =>
        state.History.Count >= _options.Epochs
        || (_options.Patience > 0 && state.Best is not null
            && state.History.Count - state.Best.Epoch >= _options.Patience);

    private PartTally Step(Batch batch, PartTally tally, Adam adam, int epoch, int step)
    {
        using var scope = NewDisposeScope();
        using var taught = batch.Taught;
        _network.train();
        _network.Seed(batch.Seed);
        adam.ZeroGradients();
        long[] truth = [.. taught.Truth];
        var (inputs, loss) = (taught.Inputs, (Func<Tensor, Tensor>)(logits => _objective.Loss(logits, truth)));
        if (_options.Mixing > 0)
        {
            var (share, partners) = Mixing.Draw(truth.Length, _options.Mixing, batch.Seed);
            inputs = Mixing.Mix(inputs, share, partners);
            loss = logits => _objective.Loss(logits, truth, [.. partners.Select(partner => truth[partner])], share);
        }
        var (logits, taps) = _network.Run(inputs, _evidence is null ? [] : [_evidence.FeatureMap]); // [N, L]
        var total = loss(logits);
        if (_distillation is not null)
            total = _distillation.Loss(total, inputs, logits, _evidence?.Evidence(taps[_evidence.FeatureMap], logits));
        if (_evidence is not null && taught.Lesions is { } lesions)
        {
            using var weight = _options.EvidenceWeight.ToScalar();
            total += _evidence.Loss(taps[_evidence.FeatureMap], logits, lesions) * weight;
        }
        float value = total.item<float>();
        if (!float.IsFinite(value)) throw Diverged(epoch, $"the loss at step {step + 1} of {_steps} is no number");
        total.backward();
        if (_options.ClipGradients > 0) adam.ClipGradients(_options.ClipGradients);
        adam.Step(LearningRate.At(_options, adam.Steps, (long)_steps * _options.Epochs));
        return tally.Add(value, _objective.Weight(truth), truth, Predicted(logits), _train.LabelSet);
    }

    /// <summary>Figures over a part, with dropout off and every image once.</summary>
    private PartFigures Measure(IBatchSource part, int epoch, CancellationToken cancellation)
    {
        _network.eval();
        using var noGradient = no_grad();
        var tally = PartTally.Empty;
        foreach (var images in Enumerable.Range(0, part.Labels.Count).Chunk(Prediction.BatchSize))
        {
            cancellation.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            long[] truth = [.. images.Select(image => (long)part.Labels[image])];
            var logits = _network.call(part.Inputs(images, epoch, seed: 0));
            tally = tally.Add(_objective.PlainLoss(logits, truth), images.Length, truth, Predicted(logits), _train.LabelSet);
        }
        return tally.Figures;
    }

    private TensorTable Weights() => new(
        _network.Graph.Variables.Select(variable => TorchLayout.ToKeras(variable.Name, _network.Variable(variable.Name))));

    private static long[] Predicted(Tensor logits) => logits.argmax(1).cpu().data<long>().ToArray();

    private static bool IsKernel(string name) => name.EndsWith("kernel", StringComparison.Ordinal);
}
