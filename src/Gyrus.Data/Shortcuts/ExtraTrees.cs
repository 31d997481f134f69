namespace Gyrus.Data.Shortcuts;

/// <summary>
/// Extremely randomised trees (Geurts, Ernst and Wehenkel, Machine Learning 63, 2006): each tree cuts at thresholds
/// drawn at random, the best of a few by Gini impurity, and the trees' leaves vote. Needs no tuning and no scaling, and
/// is quick; the same seed gives the same trees.
/// </summary>
internal sealed class ExtraTrees
{
    private const int TreeCount = 40;

    // Smaller nodes are not cut further.
    private const int SmallestCut = 4;

    private readonly float[][] _columns;
    private readonly byte[] _answers;
    private readonly int _answerCount;
    private readonly SeededRandom _random;
    private readonly List<List<Node>> _trees = [];

    private ExtraTrees(float[][] columns, byte[] answers, int answerCount, int seed) =>
        (_columns, _answers, _answerCount, _random) = (columns, answers, answerCount, new SeededRandom(seed));

    /// <summary>Grows the trees.</summary>
    /// <param name="columns">[features][samples].</param>
    /// <param name="answers">[samples]: the class of each, from 0.</param>
    /// <param name="answerCount">The number of classes.</param>
    /// <param name="training">The samples to learn from; at least one.</param>
    /// <param name="seed">The same seed gives the same trees.</param>
    public static ExtraTrees Fit(float[][] columns, byte[] answers, int answerCount, int[] training, int seed)
    {
        var forest = new ExtraTrees(columns, answers, answerCount, seed);
        for (int tree = 0; tree < TreeCount; tree++) forest._trees.Add(forest.Grow((int[])training.Clone()));
        return forest;
    }

    /// <summary>The class that most votes go to; the lowest of equals.</summary>
    public int Predict(int sample)
    {
        Span<float> votes = stackalloc float[_answerCount];
        votes.Clear();
        foreach (var tree in _trees)
        {
            var node = tree[0];
            while (node.Shares is null) node = tree[_columns[node.Feature][sample] < node.Threshold ? node.Left : node.Right];
            for (int k = 0; k < votes.Length; k++) votes[k] += node.Shares[k];
        }
        int best = 0;
        for (int k = 1; k < votes.Length; k++)
        {
            if (votes[k] > votes[best]) best = k;
        }
        return best;
    }

    private List<Node> Grow(int[] samples)
    {
        var nodes = new List<Node> { default };
        var waiting = new Stack<(int Node, int From, int To)>([(0, 0, samples.Length)]);
        var features = Enumerable.Range(0, _columns.Length).ToArray();
        while (waiting.TryPop(out var part))
        {
            var here = samples.AsSpan(part.From..part.To);
            var counts = Count(here);
            if (here.Length < SmallestCut || counts.Max() == here.Length || !Cut(here, counts, features, out var cut))
            {
                nodes[part.Node] = new Node(0, 0, 0, 0, Array.ConvertAll(counts, count => (float)count / (part.To - part.From)));
                continue;
            }
            int middle = part.From + Part(here, _columns[cut.Feature], cut.Threshold);
            nodes[part.Node] = new Node(cut.Feature, cut.Threshold, nodes.Count, nodes.Count + 1, null);
            waiting.Push((nodes.Count, part.From, middle));
            waiting.Push((nodes.Count + 1, middle, part.To));
            nodes.Add(default);
            nodes.Add(default);
        }
        return nodes;
    }

    private int[] Count(ReadOnlySpan<int> samples)
    {
        var counts = new int[_answerCount];
        foreach (int sample in samples) counts[_answers[sample]]++;
        return counts;
    }

    /// <summary>The best of as many random cuts as the square root of the number of features; false where all features
    /// are constant.</summary>
    private bool Cut(ReadOnlySpan<int> samples, int[] counts, int[] features, out (int Feature, float Threshold) best)
    {
        int wanted = (int)Math.Ceiling(Math.Sqrt(features.Length));
        best = default;
        double bestScore = double.NegativeInfinity;
        Span<int> left = stackalloc int[_answerCount];
        for (int tried = 0; tried < features.Length && wanted > 0; tried++)
        {
            int pick = _random.Next(tried, features.Length);
            (features[tried], features[pick]) = (features[pick], features[tried]);
            var column = _columns[features[tried]];
            var (low, high) = Range(column, samples);
            if (low == high) continue;
            wanted--;
            // At most the highest value, so that neither side is empty.
            float threshold = Math.Min(high, low + (high - low) * (1 - _random.NextSingle()));
            if (threshold <= low) threshold = high;
            left.Clear();
            int size = 0;
            foreach (int sample in samples)
            {
                if (column[sample] >= threshold) continue;
                left[_answers[sample]]++;
                size++;
            }
            double score = Purity(left, counts, size, samples.Length - size);
            if (score > bestScore) (best, bestScore) = ((features[tried], threshold), score);
        }
        return bestScore > double.NegativeInfinity;
    }

    private static (float Low, float High) Range(float[] column, ReadOnlySpan<int> samples)
    {
        float low = column[samples[0]], high = low;
        foreach (int sample in samples)
        {
            float value = column[sample];
            if (value < low) low = value;
            else if (value > high) high = value;
        }
        return (low, high);
    }

    /// <summary>The Gini purity of both sides, weighted by their sizes.</summary>
    private static double Purity(ReadOnlySpan<int> left, int[] counts, int leftSize, int rightSize)
    {
        double leftSquares = 0, rightSquares = 0;
        for (int k = 0; k < counts.Length; k++)
        {
            double right = counts[k] - left[k];
            leftSquares += (double)left[k] * left[k];
            rightSquares += right * right;
        }
        return leftSquares / leftSize + rightSquares / rightSize;
    }

    /// <summary>Brings the samples below the threshold to the front; gives their number.</summary>
    private static int Part(Span<int> samples, float[] column, float threshold)
    {
        int front = 0;
        for (int i = 0; i < samples.Length; i++)
        {
            if (column[samples[i]] >= threshold) continue;
            (samples[front], samples[i]) = (samples[i], samples[front]);
            front++;
        }
        return front;
    }

    /// <summary>A cut, or a leaf where <paramref name="Shares"/> is there: the share of each class in it.</summary>
    private readonly record struct Node(int Feature, float Threshold, int Left, int Right, float[]? Shares);
}
