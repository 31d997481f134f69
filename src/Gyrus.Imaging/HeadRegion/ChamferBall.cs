using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Gyrus.Imaging.HeadRegion;

/// <summary>Grows a set of cells by all that is within a chamfer distance of it, the steps being 3 and 4 thirds of a cell (Borgefors, 1986). What is near a cell is the same everywhere, so that
/// rows of cells grow as bits, 64 at once.</summary>
internal static class ChamferBall
{
    private const int Straight = 3;
    private const int Bits = 64;

    /// <summary>The cells at most a distance away from a set.</summary>
    /// <param name="set">[height, width].</param>
    /// <param name="width">Cells across.</param>
    /// <param name="height">Cells down.</param>
    /// <param name="radius">The distance, in cells, 0 or more.</param>
    /// <param name="wanted">Whether the set is of the cells that are true, or of the others.</param>
    /// <param name="beyond">Whether what is beyond the grid's edge is in the set.</param>
    /// <returns>[height, width].</returns>
    public static bool[] Grow(bool[] set, int width, int height, double radius, bool wanted, bool beyond)
    {
        int limit = (int)(Straight * radius);
        int rows = limit / Straight, words = (width + Bits - 1) / Bits;
        var grown = new ulong[words * height];
        var row = new ulong[words];
        var scratch = new ulong[words];
        for (int y = 0; y < height; y++)
        {
            Pack(set.AsSpan(y * width, width), wanted, beyond, row);
            // From the rows that are farthest, which the row reaches least along, to its own.
            for (int away = rows, reached = 0; away >= 0; away--)
            {
                for (int reach = Reach(limit, away); reached < reach;)
                {
                    // The row is without gaps of twice what was reached.
                    int step = Math.Min(Math.Min(reach - reached, (2 * reached) + 1), Bits - 1);
                    Spread(row, step, beyond, scratch);
                    (row, scratch) = (scratch, row);
                    reached += step;
                }
                if (y - away >= 0) Or(row, grown.AsSpan((y - away) * words, words));
                if (away > 0 && y + away < height) Or(row, grown.AsSpan((y + away) * words, words));
            }
        }
        if (beyond)
        {
            for (int y = 0; y < Math.Min(rows, height); y++)
            {
                grown.AsSpan(y * words, words).Fill(ulong.MaxValue);
                grown.AsSpan((height - 1 - y) * words, words).Fill(ulong.MaxValue);
            }
        }
        var cells = new bool[set.Length];
        for (int y = 0; y < height; y++) Unpack(grown.AsSpan(y * words, words), cells.AsSpan(y * width, width));
        return cells;
    }

    /// <summary>How far along a row a distance reaches, in cells, a number of rows away: from (dx, dy) it is 3 max(dx, dy) + min(dx, dy).</summary>
    private static int Reach(int limit, int away)
    {
        int across = (limit - away) / Straight;
        return across >= away ? across : limit - (Straight * away);
    }

    private static void Pack(ReadOnlySpan<bool> cells, bool wanted, bool beyond, Span<ulong> bits)
    {
        for (int word = 0; word < bits.Length; word++)
        {
            var some = cells.Slice(word * Bits, Math.Min(Bits, cells.Length - (word * Bits)));
            ulong packed = 0;
            if (some.Length == Bits)
            {
                var bytes = MemoryMarshal.AsBytes(some);
                packed = Vector256.Equals(Vector256.Create(bytes), Vector256<byte>.Zero).ExtractMostSignificantBits()
                    | ((ulong)Vector256.Equals(Vector256.Create(bytes[Vector256<byte>.Count..]), Vector256<byte>.Zero).ExtractMostSignificantBits() << Vector256<byte>.Count);
                if (wanted) packed = ~packed;
            }
            else
            {
                for (int i = 0; i < some.Length; i++) packed |= (some[i] == wanted ? 1ul : 0) << i;
            }
            if (beyond && some.Length < Bits) packed |= ulong.MaxValue << some.Length;
            bits[word] = packed;
        }
    }

    private static void Unpack(ReadOnlySpan<ulong> bits, Span<bool> cells)
    {
        int x = 0;
        for (; x + 8 <= cells.Length; x += 8)
        {
            // A byte eight times over, of which each copy keeps a bit of its own; what carries to the copy's highest bit was not 0.
            ulong copies = (byte)(bits[x / Bits] >> (x % Bits)) * 0x0101010101010101ul & 0x8040201008040201ul;
            BinaryPrimitives.WriteUInt64LittleEndian(MemoryMarshal.AsBytes(cells[x..]), ((copies + 0x7F7F7F7F7F7F7F7Ful | copies) >> 7) & 0x0101010101010101ul);
        }
        for (; x < cells.Length; x++) cells[x] = ((bits[x / Bits] >> (x % Bits)) & 1) != 0;
    }

    /// <summary>What a row is and is moved to, some cells to the left and to the right.</summary>
    private static void Spread(ReadOnlySpan<ulong> row, int step, bool beyond, Span<ulong> to)
    {
        ulong outside = beyond ? ulong.MaxValue : 0;
        for (int word = 0; word < row.Length; word++)
        {
            ulong before = word > 0 ? row[word - 1] : outside, here = row[word], after = word + 1 < row.Length ? row[word + 1] : outside;
            to[word] = here | (here << step) | (before >> (Bits - step)) | (here >> step) | (after << (Bits - step));
        }
    }

    private static void Or(ReadOnlySpan<ulong> row, Span<ulong> into)
    {
        for (int word = 0; word < row.Length; word++) into[word] |= row[word];
    }
}
