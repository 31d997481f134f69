using System.Numerics.Tensors;
using Gyrus.Data.Copies;
using Xunit;

namespace Gyrus.Data.Tests.Copies;

public sealed class VectorForestTests
{
    private const int Length = PolarSpectrum.Length;
    private const int Trees = 8;
    private const int MostInLeaf = 96;

    [Fact]
    public void Query_finds_the_nearest_vector()
    {
        const int Count = 20_000;
        var random = new Random(3);
        var vectors = Vectors(Count, random);
        var forest = new VectorForest(vectors, Length, Trees, 1);

        var asked = Enumerable.Range(0, 400).Select(_ => random.Next(Count));
        Assert.InRange(ShareFound(forest, vectors, asked, random), 0.95, 1);
    }

    [Fact]
    public void Query_among_equal_vectors_looks_at_few_of_them()
    {
        const int Count = 30_000;
        var one = Vectors(1, new Random(5));
        var vectors = new float[Count * Length];
        for (int i = 0; i < Count; i++) one.CopyTo(vectors, i * Length);
        var forest = new VectorForest(vectors, Length, Trees, 1);

        var found = Found(forest, one, new int[Count], 1);

        Assert.InRange(found.Count, 1, Trees * MostInLeaf);
        Assert.All(found, item => Assert.Equal(1, item.Cosine, 3));
    }

    [Fact]
    public void Query_finds_the_nearest_vector_where_most_others_are_equal()
    {
        const int Count = 9_000;
        var random = new Random(7);
        var vectors = Vectors(Count, random);
        for (int i = 0; i < Count; i++)
        {
            if (i % 3 != 0) vectors.AsSpan(Length, Length).CopyTo(vectors.AsSpan(i * Length, Length));
        }
        var forest = new VectorForest(vectors, Length, Trees, 1);

        Assert.InRange(ShareFound(forest, vectors, Enumerable.Range(0, 400).Select(i => 3 * i), random), 0.95, 1);
    }

    [Fact]
    public void Query_tells_of_a_vector_once()
    {
        var vectors = Vectors(500, new Random(9));
        var forest = new VectorForest(vectors, Length, Trees, 1);

        var found = Found(forest, vectors.AsSpan(0, Length), new int[500], 1);

        Assert.Distinct(found.Select(item => item.Item));
    }

    [Fact]
    public void The_same_seed_gives_the_same_trees()
    {
        var vectors = Vectors(3_000, new Random(11));
        var query = vectors.AsSpan(0, Length);

        var once = Found(new VectorForest(vectors, Length, Trees, 1), query, new int[3_000], 1);
        var again = Found(new VectorForest(vectors, Length, Trees, 1), query, new int[3_000], 1);
        var other = Found(new VectorForest(vectors, Length, Trees, 2), query, new int[3_000], 1);

        Assert.Equal(once, again);
        Assert.NotEqual(once, other);
    }

    [Fact]
    public void Nothing_is_found_among_no_vectors() =>
        Assert.Empty(Found(new VectorForest([], Length, Trees, 1), Vectors(1, new Random(1)), [], 1));

    /// <summary>Of queries a little way from a vector, the share for which that vector is found.</summary>
    private static double ShareFound(VectorForest forest, float[] vectors, IEnumerable<int> items, Random random)
    {
        var seen = new int[forest.Count];
        int asked = 0, found = 0;
        foreach (int item in items)
        {
            var query = Vectors(1, random);
            TensorPrimitives.Multiply(query, 0.2f, query);
            TensorPrimitives.Add(query, vectors.AsSpan(item * Length, Length), query);
            TensorPrimitives.Divide(query, TensorPrimitives.Norm(query), query);
            if (Found(forest, query, seen, ++asked).Any(near => near.Item == item)) found++;
        }
        return (double)found / asked;
    }

    private static List<(int Item, float Cosine)> Found(
        VectorForest forest, ReadOnlySpan<float> query, int[] seen, int stamp)
    {
        var found = new List<(int, float)>();
        forest.Query(query, seen, stamp, (item, cosine) => found.Add((item, cosine)));
        return found;
    }

    private static float[] Vectors(int count, Random random)
    {
        var vectors = new float[count * Length];
        for (int i = 0; i < vectors.Length; i++)
            vectors[i] = (float)(random.NextDouble() + random.NextDouble() + random.NextDouble() - 1.5);
        for (int i = 0; i < count; i++)
        {
            var vector = vectors.AsSpan(i * Length, Length);
            TensorPrimitives.Divide(vector, TensorPrimitives.Norm<float>(vector), vector);
        }
        return vectors;
    }
}
