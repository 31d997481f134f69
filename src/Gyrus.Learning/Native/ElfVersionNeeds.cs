using System.Buffers.Binary;
using System.Text;

namespace Gyrus.Learning.Native;

/// <summary>
/// Edits which symbol versions an ELF library demands of others: the <c>.gnu.version_r</c> section. 64-bit
/// little-endian files only. Layout: System V ABI for ELF headers, Linux Standard Base 5.0 chapter 10.7 for versions.
/// </summary>
internal static class ElfVersionNeeds
{
    private const uint VersionNeedsSection = 0x6ffffffe; // SHT_GNU_verneed
    private const ushort WeakFlag = 0x2;                 // VER_FLG_WEAK

    /// <summary>
    /// Marks a demanded version as weak, so that the loader goes on where the version is not there.
    /// </summary>
    /// <param name="elf">The library's bytes, changed in place.</param>
    /// <param name="version">The version's name, such as <c>GLIBCXX_3.4.32</c>.</param>
    /// <returns>Whether a byte was changed: false where the version is not demanded or is weak already.</returns>
    /// <exception cref="InvalidDataException">The bytes are no 64-bit little-endian ELF file.</exception>
    public static bool MakeWeak(Span<byte> elf, string version)
    {
        if (elf.Length < 64 || !elf[..6].SequenceEqual((ReadOnlySpan<byte>)[0x7f, (byte)'E', (byte)'L', (byte)'F', 2, 1]))
            throw new InvalidDataException("not a 64-bit little-endian ELF file");
        try
        {
            return MarkWeak(elf, Encoding.ASCII.GetBytes(version + "\0"));
        }
        catch (ArgumentOutOfRangeException e)
        {
            throw new InvalidDataException("an ELF header points outside the file", e);
        }
    }

    private static bool MarkWeak(Span<byte> elf, ReadOnlySpan<byte> version)
    {
        int table = (int)BinaryPrimitives.ReadUInt64LittleEndian(elf[0x28..]);
        int entrySize = BinaryPrimitives.ReadUInt16LittleEndian(elf[0x3A..]);
        int count = BinaryPrimitives.ReadUInt16LittleEndian(elf[0x3C..]);
        bool changed = false;
        for (int i = 0; i < count; i++)
        {
            var section = elf.Slice(table + (i * entrySize), entrySize);
            if (BinaryPrimitives.ReadUInt32LittleEndian(section[4..]) != VersionNeedsSection) continue;
            int strings = table + ((int)BinaryPrimitives.ReadUInt32LittleEndian(section[0x28..]) * entrySize);
            int files = (int)BinaryPrimitives.ReadUInt32LittleEndian(section[0x2C..]);
            changed |= MarkWeak(elf, SectionOffset(elf, table + (i * entrySize)), files, SectionOffset(elf, strings), version);
        }
        return changed;
    }

    private static int SectionOffset(ReadOnlySpan<byte> elf, int header) =>
        (int)BinaryPrimitives.ReadUInt64LittleEndian(elf[(header + 0x18)..]);

    private static bool MarkWeak(Span<byte> elf, int need, int files, int strings, ReadOnlySpan<byte> version)
    {
        bool changed = false;
        for (; files > 0; files--)
        {
            int versions = BinaryPrimitives.ReadUInt16LittleEndian(elf[(need + 2)..]);
            int entry = need + (int)BinaryPrimitives.ReadUInt32LittleEndian(elf[(need + 8)..]);
            for (; versions > 0; versions--)
            {
                int name = strings + (int)BinaryPrimitives.ReadUInt32LittleEndian(elf[(entry + 8)..]);
                ushort flags = BinaryPrimitives.ReadUInt16LittleEndian(elf[(entry + 4)..]);
                if ((flags & WeakFlag) == 0 && elf[name..].StartsWith(version))
                {
                    BinaryPrimitives.WriteUInt16LittleEndian(elf[(entry + 4)..], (ushort)(flags | WeakFlag));
                    changed = true;
                }
                entry += (int)BinaryPrimitives.ReadUInt32LittleEndian(elf[(entry + 12)..]);
            }
            need += (int)BinaryPrimitives.ReadUInt32LittleEndian(elf[(need + 12)..]);
        }
        return changed;
    }
}
