using System.Numerics.Tensors;

namespace Gyrus.Data.Copies;

/// <summary>
/// Finds the vectors that are near to one, among any number: several trees, each of which halves the vectors by random
/// planes until few are left. What is near lies in the same leaf of most trees. Building takes n log n, a query log n.
/// </summary>
/// <remarks>The trees of E. Bernhardsson's Annoy: a plane is half way between two vectors drawn at random.</remarks>
internal sealed class VectorForest
{
    private const int LeafSize = 96;

    /// <summary>Draws of a second vector until it is another than the first.</summary>
    private const int Draws = 8;

    private readonly float[] vectors;
    private readonly int length;
    private readonly Tree[] trees;

    /// <summary>Builds the trees, side by side.</summary>
    /// <param name="vectors">[n, length], each vector of length 1.</param>
    /// <param name="length">Numbers of a vector.</param>
    /// <param name="trees">More find more and take longer.</param>
    /// <param name="seed">The same seed gives the same trees.</param>
    public VectorForest(float[] vectors, int length, int trees, int seed)
    {
        this.vectors = vectors;
        this.length = length;
        this.trees = new Tree[trees];
        Parallel.For(0, trees, i => this.trees[i] = new Tree(this, new SeededRandom((seed * 1000) + i)));
    }

    /// <summary>The number of vectors.</summary>
    public int Count => vectors.Length / length;

    /// <summary>Calls back with each vector that is in the query's leaf of a tree, and its cosine to the query. A vector
    /// that is in several is told of once.</summary>
    /// <param name="query">A vector of length 1.</param>
    /// <param name="seen">Scratch: one number a vector, kept between calls by one thread.</param>
    /// <param name="stamp">Another for each call with the same scratch; not 0.</param>
    /// <param name="found">Told the vector's place and cosine.</param>
    public void Query(ReadOnlySpan<float> query, int[] seen, int stamp, Action<int, float> found)
    {
        foreach (var tree in trees)
        {
            foreach (int item in tree.Leaf(query))
            {
                if (seen[item] == stamp) continue;
                seen[item] = stamp;
                found(item, FixedDot.Of(query, Vector(item)));
            }
        }
    }

    private ReadOnlySpan<float> Vector(int item) => vectors.AsSpan(item * length, length);

    private sealed class Tree
    {
        private readonly VectorForest forest;
        private readonly SeededRandom random;
        private readonly int[] items;
        private readonly List<Node> nodes = [];
        private readonly List<float> planes = [];

        public Tree(VectorForest forest, SeededRandom random)
        {
            this.forest = forest;
            this.random = random;
            items = [.. Enumerable.Range(0, forest.Count)];
            if (items.Length > 0) Grow(0, items.Length);
        }

        public ReadOnlySpan<int> Leaf(ReadOnlySpan<float> query)
        {
            if (nodes.Count == 0) return [];
            var planes = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(this.planes);
            var node = nodes[0];
            while (node.Plane >= 0)
            {
                float side = FixedDot.Of(query, planes.Slice(node.Plane * forest.length, forest.length));
                node = nodes[side < node.Offset ? node.Below : node.Above];
            }
            return items.AsSpan(node.Below, node.Above);
        }

        /// <summary>Splits a range of the items; gives the node's place.</summary>
        private int Grow(int start, int count)
        {
            int place = nodes.Count;
            nodes.Add(new Node(-1, 0, start, count));
            if (count <= LeafSize) return place;
            var one = forest.Vector(items[start + random.Next(count)]);
            var other = forest.Vector(items[start + random.Next(count)]);
            for (int draw = 1; draw < Draws && one.SequenceEqual(other); draw++)
                other = forest.Vector(items[start + random.Next(count)]);
            var plane = new float[forest.length];
            TensorPrimitives.Subtract(one, other, plane);
            var sides = new float[count];
            for (int i = 0; i < count; i++)
                sides[i] = FixedDot.Of(plane, forest.Vector(items[start + i]));
            // At the median, so that no tree is deep however alike the vectors are.
            var sorted = (float[])sides.Clone();
            Array.Sort(sorted);
            float offset = sorted[count / 2];
            int below = Partition(items.AsSpan(start, count), sides, offset);
            if (below == 0)
            {
                // More than half lie at the smallest value, as blank images do: they are parted from the others.
                offset = MathF.BitIncrement(offset);
                below = Partition(items.AsSpan(start, count), sides, offset);
            }
            if (below == 0 || below == count)
            {
                // All alike: halved as they stand. Every query then ends in the upper half, so that what is in the
                // lower one still finds some of its like, in a time that does not grow with their number.
                Array.Clear(plane);
                offset = 0;
                below = count / 2;
            }
            int number = planes.Count / forest.length;
            planes.AddRange(plane);
            int left = Grow(start, below);
            int right = Grow(start + below, count - below);
            nodes[place] = new Node(number, offset, left, right);
            return place;
        }

        private static int Partition(Span<int> items, float[] sides, float offset)
        {
            int below = 0;
            for (int i = 0; i < items.Length; i++)
            {
                if (sides[i] >= offset) continue;
                (items[i], items[below]) = (items[below], items[i]);
                (sides[i], sides[below]) = (sides[below], sides[i]);
                below++;
            }
            return below;
        }
    }

    /// <summary>A plane with what lies below and above it; or, where there is no plane, a range of items.</summary>
    private readonly record struct Node(int Plane, float Offset, int Below, int Above);
}
