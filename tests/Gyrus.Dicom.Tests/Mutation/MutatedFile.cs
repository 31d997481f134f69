namespace Gyrus.Dicom.Tests.Mutation;

/// <summary>Damages a file where it hurts: lengths, representations, nested sequences, fragments, and anywhere.</summary>
internal static class MutatedFile
{
    private const int Header = 3000;

    private static readonly byte[] Item = [0xFE, 0xFF, 0x00, 0xE0, 0xFF, 0xFF, 0xFF, 0xFF];
    private static readonly byte[] ItemEnd = [0xFE, 0xFF, 0x0D, 0xE0, 0, 0, 0, 0];
    private static readonly byte[] SequenceEnd = [0xFE, 0xFF, 0xDD, 0xE0, 0, 0, 0, 0];
    private static readonly byte[] Sequence = [0x28, 0x00, 0x10, 0x30, (byte)'S', (byte)'Q', 0, 0, 0xFF, 0xFF, 0xFF, 0xFF];
    private static readonly string[] Representations = ["OB", "OW", "SQ", "UN", "US", "DS", "UI", "??", "UT", "AT"];

    /// <summary>A damaged copy.</summary>
    /// <param name="bytes">The file.</param>
    /// <param name="random">Decides how.</param>
    public static byte[] Of(byte[] bytes, Random random)
    {
        var file = bytes.ToList();
        int edits = 1 + random.Next(4);
        for (int edit = 0; edit < edits && file.Count > 0; edit++)
        {
            // Most places of a file are pixels, which hurt least.
            int at = random.Next(random.Next(3) == 0 ? file.Count : Math.Min(file.Count, Header));
            switch (random.Next(9))
            {
                case 0:
                    file[at] = (byte)random.Next(256);
                    break;
                case 1:
                    Put(file, at, BitConverter.GetBytes(random.Next(4) switch { 0 => -1, 1 => int.MaxValue, 2 => 0, _ => random.Next() }));
                    break;
                case 2:
                    Put(file, at, System.Text.Encoding.ASCII.GetBytes(Representations[random.Next(Representations.Length)]));
                    break;
                case 3:
                    file.RemoveRange(at, file.Count - at);
                    break;
                case 4:
                    Put(file, at, random.Next(3) switch { 0 => Item, 1 => ItemEnd, _ => SequenceEnd });
                    break;
                case 5:
                    file.InsertRange(at, random.Next(2) == 0 ? Item : Sequence);
                    break;
                case 6:
                    file.InsertRange(at, file.GetRange(at, Math.Min(random.Next(200), file.Count - at)));
                    break;
                case 7:
                    file.RemoveRange(at, Math.Min(random.Next(20), file.Count - at));
                    break;
                default:
                    // The group of an image's size and bits.
                    Put(file, Math.Max(0, Find(file, [0x28, 0x00], random)), BitConverter.GetBytes(random.Next()));
                    break;
            }
        }
        return [.. file];
    }

    private static void Put(List<byte> file, int at, byte[] bytes)
    {
        for (int i = 0; i < bytes.Length && at + i < file.Count; i++) file[at + i] = bytes[i];
    }

    private static int Find(List<byte> file, byte[] what, Random random)
    {
        int start = random.Next(Math.Min(file.Count, Header));
        for (int i = start; i + 12 < file.Count && i < start + Header; i++)
        {
            if (file[i] == what[0] && file[i + 1] == what[1]) return i + 8;
        }
        return start;
    }
}
