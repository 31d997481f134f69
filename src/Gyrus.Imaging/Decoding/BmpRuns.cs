namespace Gyrus.Imaging.Decoding;

/// <summary>Unpacks the run lengths of a BMP (Microsoft, "Bitmap Compression").</summary>
internal static class BmpRuns
{
    private const int EndOfLine = 0;
    private const int EndOfBitmap = 1;
    private const int Delta = 2;

    /// <summary>The palette positions, [height, width] from the top; 0 where no run reaches.</summary>
    /// <exception cref="ScanException">The runs end too early, or leave the image.</exception>
    public static byte[] Positions(string path, BmpHeader header, ReadOnlySpan<byte> runs)
    {
        bool four = header.Compression == BmpCompression.Rle4;
        var positions = new byte[header.Width * header.Height];
        int x = 0, stored = 0, at = 0;
        while (true)
        {
            int count = Next(path, runs, ref at), value = Next(path, runs, ref at);
            if (count > 0)
            {
                var run = Target(path, header, positions, ref x, stored, count);
                for (int i = 0; i < count; i++) run[i] = four ? Nibble(value, i) : (byte)value;
            }
            else if (value == EndOfBitmap)
            {
                return positions;
            }
            else if (value == EndOfLine)
            {
                x = 0;
                stored++;
            }
            else if (value == Delta)
            {
                x += Next(path, runs, ref at);
                stored += Next(path, runs, ref at);
                if (x > header.Width || stored > header.Height) throw LeavesImage(path);
            }
            else
            {
                var run = Target(path, header, positions, ref x, stored, value);
                CopyLiterals(path, runs, ref at, run, four);
            }
        }
    }

    private static void CopyLiterals(
        string path, ReadOnlySpan<byte> runs, ref int at, Span<byte> run, bool four)
    {
        int start = at, value = 0;
        for (int i = 0; i < run.Length; i++)
        {
            if (!four || i % 2 == 0) value = Next(path, runs, ref at);
            run[i] = four ? Nibble(value, i) : (byte)value;
        }
        // Literals are padded to an even number of bytes.
        if ((at - start) % 2 != 0) Next(path, runs, ref at);
    }

    private static byte Nibble(int value, int index) => (byte)(index % 2 == 0 ? value >> 4 : value & 15);

    private static Span<byte> Target(
        string path, BmpHeader header, byte[] positions, ref int x, int stored, int count)
    {
        if (stored >= header.Height || x + count > header.Width)
            throw LeavesImage(path);
        var target = positions.AsSpan(BmpDecoder.Row(header, stored) * header.Width + x, count);
        x += count;
        return target;
    }

    private static ScanException LeavesImage(string path) =>
        ScanDecoder.Damaged(path, "a run of the BMP leaves the image");

    private static int Next(string path, ReadOnlySpan<byte> runs, ref int at) =>
        at < runs.Length ? runs[at++] : throw ScanDecoder.Damaged(path, "the BMP ends before its last run");
}
