using Google.FlatBuffers;

namespace Gyrus.Learning.Export.Tflite;

/// <summary>Tables and lists of a flat buffer, each written before what refers to it by the place that is given here.</summary>
internal static class FlatBuffers
{
    /// <summary>A table.</summary>
    /// <param name="builder">Takes it.</param>
    /// <param name="fields">How many fields its schema has.</param>
    /// <param name="add">Adds those that it has.</param>
    public static int Table(this FlatBufferBuilder builder, int fields, Action add)
    {
        builder.StartTable(fields);
        add();
        return builder.EndTable();
    }

    /// <summary>A text.</summary>
    public static int Text(this FlatBufferBuilder builder, string text) => builder.CreateString(text).Value;

    /// <summary>A list of numbers.</summary>
    public static int Ints(this FlatBufferBuilder builder, IReadOnlyList<int> values) => List(builder, sizeof(int), values, builder.AddInt);

    /// <summary>A list of numbers of 64 bits.</summary>
    public static int Longs(this FlatBufferBuilder builder, IReadOnlyList<long> values) => List(builder, sizeof(long), values, builder.AddLong);

    /// <summary>A list of numbers with fractions.</summary>
    public static int Floats(this FlatBufferBuilder builder, IReadOnlyList<float> values) => List(builder, sizeof(float), values, builder.AddFloat);

    /// <summary>A list of tables or texts.</summary>
    public static int Offsets(this FlatBufferBuilder builder, IReadOnlyList<int> places) => List(builder, sizeof(int), places, builder.AddOffset);

    // A flat buffer is written from its end.
    private static int List<T>(FlatBufferBuilder builder, int bytes, IReadOnlyList<T> values, Action<T> add)
    {
        builder.StartVector(bytes, values.Count, bytes);
        for (int i = values.Count - 1; i >= 0; i--) add(values[i]);
        return builder.EndVector().Value;
    }
}
