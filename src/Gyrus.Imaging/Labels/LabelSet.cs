namespace Gyrus.Imaging.Labels;

/// <summary>
/// The labels of a data set or of a model, in the order of its tensors and tables. The order is persisted with whatever was trained on them.
/// </summary>
public sealed class LabelSet : IEquatable<LabelSet>
{
    /// <summary>The fewest labels of a set.</summary>
    public const int Fewest = 2;

    /// <summary>The most labels of a set.</summary>
    public const int Most = 1000;

    private readonly ScanLabel[] _labels;
    private readonly Dictionary<string, int> _places;
    private readonly int[][] _allowed;

    /// <summary>Makes a set.</summary>
    /// <param name="labels">The labels, in their order.</param>
    /// <exception cref="GyrusException">There are too few or too many, or a name is blank or there twice.</exception>
    public LabelSet(IEnumerable<ScanLabel> labels)
    {
        _labels = [.. labels];
        if (_labels.Length is < Fewest or > Most)
            throw new GyrusException($"A set has {Fewest} to {Most} labels; this one has {_labels.Length}. Give another data set, or rename labels into one another.");
        _places = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int i = 0; i < _labels.Length; i++)
        {
            var name = _labels[i].Name;
            if (string.IsNullOrWhiteSpace(name) || name.Any(char.IsControl))
                throw new GyrusException($"The label '{name}' is blank or has control characters. Give it another name.");
            if (!_places.TryAdd(name, i)) throw new GyrusException($"The label '{name}' is there twice. Name it once.");
        }
        TellsTumours = _labels.All(label => label.IsTumour is not null) && _labels.DistinctBy(label => label.IsTumour == true).Count() == 2;
        TellsModality = _labels.All(label => label.Modality is not null) && _labels.DistinctBy(label => label.Modality).Count() == 2;
        Types = TypesOf(_labels);
        _allowed = [.. _labels.Select((_, truth) => AllowedBy(truth))];
    }

    /// <summary>The labels, in their order.</summary>
    public IReadOnlyList<ScanLabel> All => _labels;

    /// <summary>How many there are.</summary>
    public int Count => _labels.Length;

    /// <summary>The names, in the labels' order.</summary>
    public IEnumerable<string> Names => _labels.Select(label => label.Name);

    /// <summary>Whether each label says healthy or tumour, and there are both: only then does an answer have a tumour probability.</summary>
    public bool TellsTumours { get; }

    /// <summary>Whether each label says which modality, and there are both.</summary>
    public bool TellsModality { get; }

    /// <summary>The places of the labels that name a type of tumour, where a modality has two types at least; else empty.</summary>
    public IReadOnlyList<int> Types { get; }

    /// <summary>The label at a place.</summary>
    public ScanLabel this[int place] => _labels[place];

    /// <summary>The place of a label, or -1 where none has that name.</summary>
    public int IndexOf(string? name) => name is not null && _places.TryGetValue(name, out int place) ? place : -1;

    /// <summary>The places of the labels that an image may really have whose label is the one at a place: that one; where it is a tumour of
    /// no type among labels with types, those of its modality too.</summary>
    public IReadOnlyList<int> Allowed(int truth) => _allowed[truth];

    /// <summary>The probability of any tumour: the sum over the labels that name one.</summary>
    /// <param name="probabilities">[<see cref="Count"/>].</param>
    public double TumourProbability(ReadOnlySpan<float> probabilities)
    {
        double sum = 0;
        for (int i = 0; i < _labels.Length; i++)
        {
            if (_labels[i].IsTumour == true) sum += probabilities[i];
        }
        return Math.Clamp(sum, 0, 1);
    }

    /// <inheritdoc/>
    public bool Equals(LabelSet? other) => other is not null && _labels.AsSpan().SequenceEqual(other._labels);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as LabelSet);

    /// <inheritdoc/>
    public override int GetHashCode() => _labels.Aggregate(0, HashCode.Combine);

    private static int[] TypesOf(ScanLabel[] labels)
    {
        var typed = Enumerable.Range(0, labels.Length).Where(i => labels[i] is { IsTumour: true, Type: not null });
        return [.. typed.GroupBy(i => labels[i].Modality).Where(types => types.Count() > 1).SelectMany(types => types).Order()];
    }

    private int[] AllowedBy(int truth)
    {
        if (_labels[truth] is not { IsTumour: true, Type: null }) return [truth];
        var types = Types.Where(i => _labels[i].Modality == _labels[truth].Modality);
        return [.. types.Append(truth).Order()];
    }
}
