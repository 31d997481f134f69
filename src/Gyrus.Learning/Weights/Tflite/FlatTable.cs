using System.Text;
using Google.FlatBuffers;

namespace Gyrus.Learning.Weights.Tflite;

/// <summary>A table of a flat buffer, whose fields are numbered as in its schema.</summary>
/// <param name="buffer">The file.</param>
/// <param name="position">Where the table begins.</param>
internal readonly struct FlatTable(ByteBuffer buffer, int position)
{
    private readonly Table _table = new(position, buffer);

    /// <summary>The table that a file begins with.</summary>
    public static FlatTable Root(ByteBuffer buffer) => new(buffer, buffer.GetInt(buffer.Position) + buffer.Position);

    /// <summary>A number of 8 bits with a sign; 0 where it is not there.</summary>
    public sbyte Small(int field) => Offset(field) is var at and not 0 ? _table.bb.GetSbyte(at + _table.bb_pos) : (sbyte)0;

    /// <summary>A number of 32 bits; the usual one where it is not there.</summary>
    public int Number(int field, int usual = 0) => Offset(field) is var at and not 0 ? _table.bb.GetInt(at + _table.bb_pos) : usual;

    /// <summary>A table in this one.</summary>
    public FlatTable Inner(int field) => new(_table.bb, _table.__indirect(Required(field) + _table.bb_pos));

    /// <summary>The tables of a list; none where it is not there.</summary>
    public FlatTable[] Tables(int field)
    {
        if (Offset(field) == 0) return [];
        var (start, length, table) = (_table.__vector(Offset(field)), Length(field), _table);
        return [.. Enumerable.Range(0, length).Select(i => new FlatTable(table.bb, table.__indirect(start + (4 * i))))];
    }

    /// <summary>The numbers of a list.</summary>
    public int[] Numbers(int field)
    {
        if (Offset(field) == 0) return [];
        var (start, length, table) = (_table.__vector(Offset(field)), Length(field), _table);
        return [.. Enumerable.Range(0, length).Select(i => table.bb.GetInt(start + (4 * i)))];
    }

    /// <summary>The numbers with fractions of a list.</summary>
    public float[] Fractions(int field) => Array.ConvertAll(Numbers(field), BitConverter.Int32BitsToSingle);

    /// <summary>The numbers of 64 bits of a list.</summary>
    public long[] LongNumbers(int field)
    {
        if (Offset(field) == 0) return [];
        var (start, length, table) = (_table.__vector(Offset(field)), Length(field), _table);
        return [.. Enumerable.Range(0, length).Select(i => table.bb.GetLong(start + (8 * i)))];
    }

    /// <summary>Whether a field is there.</summary>
    public bool Has(int field) => Offset(field) != 0;

    /// <summary>The bytes of a list.</summary>
    public byte[] Bytes(int field) => Offset(field) == 0 ? [] : _table.bb.ToArray(_table.__vector(Offset(field)), Length(field));

    /// <summary>A text.</summary>
    public string Text(int field) => Offset(field) == 0 ? "" : Encoding.UTF8.GetString(Bytes(field));

    private int Length(int field)
    {
        int length = _table.__vector_len(Offset(field));
        return length >= 0 && length <= _table.bb.Length ? length : throw new InvalidDataException("a list of it is longer than the file");
    }

    private int Required(int field) => Offset(field) is var at and not 0 ? at : throw new InvalidDataException($"a table of it has no field {field}");

    // A table's list of places begins with two lengths of two bytes.
    private int Offset(int field) => _table.__offset(4 + (2 * field));
}
