using Gyrus.Learning.Training;
using Xunit;

namespace Gyrus.Learning.Tests.Training;

public sealed class LesionPastingTests
{
    private const int Size = 48;

    [Fact]
    public void Lesion_changes_the_head_where_it_is_said_to_be_and_nowhere_else()
    {
        int pasted = 0;
        for (int seed = 0; seed < 100; seed++)
        {
            var head = Disc(22, 100);
            var before = (float[])head.Clone();

            var where = LesionPasting.Paste(head, Size, Bytes(Donor(200)), Bytes(Disc(5, 255)), new SeededRandom(seed));

            if (where is null)
            {
                Assert.Equal(before, head);
                continue;
            }
            pasted++;
            int size = where.Count(on => on == 1);
            Assert.InRange(size, 12, 300);
            for (int i = 0; i < head.Length; i++)
            {
                if (before[i] == 0) Assert.Equal(0, head[i]);
                // Half of a lesion's rim lies beyond its outline, not more.
                if (before[i] != head[i]) Assert.True(Near(where, i));
            }
            Assert.True(where.Zip(head).Where(pair => pair.First == 1).Average(pair => Math.Abs(pair.Second - 100)) > 3);
        }
        Assert.InRange(pasted, 80, 100);
    }

    [Fact]
    public void Lesions_are_brighter_than_the_tissue_about_them_or_darker()
    {
        List<double> differences = [];
        for (int seed = 0; seed < 100; seed++)
        {
            var head = Disc(22, 100);
            var where = LesionPasting.Paste(head, Size, Bytes(Donor(200)), Bytes(Disc(5, 255)), new SeededRandom(seed));
            if (where is not null) differences.Add(where.Zip(head).Where(pair => pair.First == 1).Average(pair => pair.Second) - 100);
        }

        Assert.InRange(differences.Count(difference => difference > 0), differences.Count / 2, differences.Count - 10);
    }

    [Fact]
    public void Nothing_is_pasted_where_there_is_no_head_or_no_lesion()
    {
        var black = new float[Size * Size];

        Assert.Null(LesionPasting.Paste(black, Size, Bytes(Donor(200)), Bytes(Disc(5, 255)), new SeededRandom(1)));
        Assert.Null(LesionPasting.Paste(Disc(22, 100), Size, Bytes(Donor(200)), new byte[Size * Size], new SeededRandom(1)));
        Assert.All(black, grey => Assert.Equal(0, grey));
    }

    private static bool Near(float[] where, int at)
    {
        for (int y = -2; y <= 2; y++)
        {
            for (int x = -2; x <= 2; x++)
            {
                int i = at + (y * Size) + x;
                if (i >= 0 && i < where.Length && where[i] == 1) return true;
            }
        }
        return false;
    }

    private static float[] Disc(double radius, float grey)
    {
        var plane = new float[Size * Size];
        for (int i = 0; i < plane.Length; i++)
        {
            // A texture, so that there is a spread of grey levels.
            if (Math.Pow((i % Size) - 23.5, 2) + Math.Pow((i / Size) - 23.5, 2) <= radius * radius) plane[i] = grey + (grey == 255 ? 0 : (i * 7 % 11) - 5);
        }
        return plane;
    }

    private static float[] Donor(float lesion)
    {
        var (head, spot) = (Disc(20, 80), Disc(5, 255));
        for (int i = 0; i < head.Length; i++) if (spot[i] > 0) head[i] = lesion;
        return head;
    }

    private static byte[] Bytes(float[] plane) => Array.ConvertAll(plane, grey => (byte)grey);
}
