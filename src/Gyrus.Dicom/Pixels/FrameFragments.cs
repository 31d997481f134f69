using System.Buffers.Binary;
using Gyrus.Dicom.Parsing;

namespace Gyrus.Dicom.Pixels;

/// <summary>Which fragments of packed pixels are a frame's: PS3.5 annex A.4.</summary>
internal static class FrameFragments
{
    /// <summary>Puts each frame's fragments together.</summary>
    /// <param name="path">The file, for errors.</param>
    /// <param name="fragments">The table of offsets, and the fragments.</param>
    /// <param name="frames">How many frames the header says.</param>
    /// <returns>[frames], fewer where the file is cut off.</returns>
    public static IReadOnlyList<ReadOnlyMemory<byte>> Of(string path, IReadOnlyList<ReadOnlyMemory<byte>> fragments, int frames)
    {
        if (fragments.Count < 2) throw DicomErrors.Damaged(path, "it has no packed pixels");
        List<ReadOnlyMemory<byte>> parts = [.. fragments.Skip(1)];
        if (frames == 1) return [Together(parts)];
        if (Starts(fragments[0].Span, parts) is { } starts) return Split(parts, starts);
        if (parts.Count == frames) return parts;
        // Without a table, a frame of JPEG ends where its end marker stands last in a fragment.
        List<int> begun = [0];
        for (int i = 0; i + 1 < parts.Count; i++)
        {
            if (EndsJpeg(parts[i].Span)) begun.Add(i + 1);
        }
        return begun.Count <= frames ? Split(parts, begun)
            : throw DicomErrors.Damaged(path, $"{parts.Count} parts of packed pixels cannot be told apart into {frames} frames");
    }

    private static List<int>? Starts(ReadOnlySpan<byte> table, List<ReadOnlyMemory<byte>> parts)
    {
        if (table.Length < 8) return null;
        Dictionary<uint, int> offsets = [];
        uint at = 0;
        for (int i = 0; i < parts.Count; i++)
        {
            offsets[at] = i;
            at += 8 + (uint)parts[i].Length;
        }
        List<int> starts = [];
        for (int i = 0; i + 4 <= table.Length; i += 4)
        {
            // A table that does not fit the fragments is no table.
            if (!offsets.TryGetValue(BinaryPrimitives.ReadUInt32LittleEndian(table[i..]), out int part) || (starts.Count > 0 && part <= starts[^1])) return null;
            starts.Add(part);
        }
        return starts;
    }

    private static List<ReadOnlyMemory<byte>> Split(List<ReadOnlyMemory<byte>> parts, List<int> starts) =>
        [.. starts.Select((start, i) => Together(parts[start..(i + 1 < starts.Count ? starts[i + 1] : parts.Count)]))];

    private static bool EndsJpeg(ReadOnlySpan<byte> part)
    {
        var end = part.TrimEnd((byte)0);
        return end.EndsWith((ReadOnlySpan<byte>)[0xFF, 0xD9]);
    }

    private static ReadOnlyMemory<byte> Together(List<ReadOnlyMemory<byte>> parts)
    {
        if (parts.Count == 1) return parts[0];
        var whole = new byte[parts.Sum(part => part.Length)];
        int at = 0;
        foreach (var part in parts)
        {
            part.CopyTo(whole.AsMemory(at));
            at += part.Length;
        }
        return whole;
    }
}
