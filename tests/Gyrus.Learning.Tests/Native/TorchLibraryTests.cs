using System.Buffers.Binary;
using System.Text;
using Gyrus.Learning.Native;
using Gyrus.Testing;
using TorchSharp;
using Xunit;

namespace Gyrus.Learning.Tests.Native;

public sealed class TorchLibraryTests
{
    [Fact]
    public void EnsureLoadable_before_first_use_lets_torch_compute()
    {
        TorchLibrary.EnsureLoadable();

        using var sum = torch.tensor(new[] { 1f, 2f }).sum();

        Assert.Equal(3f, sum.item<float>());
    }

    [Fact]
    public void MakeWeak_of_a_demanded_version_sets_its_flag_once_and_no_other_byte()
    {
        var elf = SmallElf("GLIBCXX_3.4.30", "GLIBCXX_3.4.32");
        var before = (byte[])elf.Clone();

        Assert.True(ElfVersionNeeds.MakeWeak(elf, "GLIBCXX_3.4.32"));
        Assert.False(ElfVersionNeeds.MakeWeak(elf, "GLIBCXX_3.4.32"));

        var changed = Enumerable.Range(0, elf.Length).Where(i => elf[i] != before[i]).ToList();
        Assert.Equal([NeedsOffset + 16 + 16 + 4], changed);
        Assert.Equal(0x2, elf[changed[0]]);
    }

    [Fact]
    public void MakeWeak_of_a_version_that_is_not_demanded_changes_nothing() =>
        Assert.False(ElfVersionNeeds.MakeWeak(SmallElf("GLIBCXX_3.4.30"), "GLIBCXX_3.4.3"));

    [Fact]
    public void MakeWeak_of_what_is_no_ELF_file_says_so() =>
        Assert.Throws<InvalidDataException>(() => ElfVersionNeeds.MakeWeak(new byte[100], "GLIBCXX_3.4.32"));

    [Fact]
    public void MakeWeak_of_a_cut_file_says_so() =>
        Assert.Throws<InvalidDataException>(() => ElfVersionNeeds.MakeWeak(SmallElf("A").AsSpan(0, 300), "A"));

    [Fact]
    public void Weaken_replaces_the_file_and_leaves_a_hard_link_to_it_as_it_was()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "hard links are made with ln");
        using var folder = new TempFolder();
        var original = SmallElf("GLIBCXX_3.4.32");
        File.WriteAllBytes(folder.File("cache.so"), original);
        System.Diagnostics.Process.Start("ln", [folder.File("cache.so"), folder.File("output.so")]).WaitForExit();

        Assert.True(TorchLibrary.Weaken(folder.File("output.so")));

        Assert.Equal(original, File.ReadAllBytes(folder.File("cache.so")));
        Assert.NotEqual(original, File.ReadAllBytes(folder.File("output.so")));
    }

    private const int NeedsOffset = 512;

    /// <summary>A 64-bit ELF file of nothing but a section that demands versions of one library.</summary>
    private static byte[] SmallElf(params string[] versions)
    {
        const int sections = 64, strings = 256;
        var elf = new byte[1024];
        ((ReadOnlySpan<byte>)[0x7f, (byte)'E', (byte)'L', (byte)'F', 2, 1]).CopyTo(elf);
        BinaryPrimitives.WriteUInt64LittleEndian(elf.AsSpan(0x28), sections);
        BinaryPrimitives.WriteUInt16LittleEndian(elf.AsSpan(0x3A), 64);
        BinaryPrimitives.WriteUInt16LittleEndian(elf.AsSpan(0x3C), 2);
        BinaryPrimitives.WriteUInt64LittleEndian(elf.AsSpan(sections + 0x18), strings);
        var needs = elf.AsSpan(sections + 64);
        BinaryPrimitives.WriteUInt32LittleEndian(needs[4..], 0x6ffffffe);
        BinaryPrimitives.WriteUInt64LittleEndian(needs[0x18..], NeedsOffset);
        BinaryPrimitives.WriteUInt32LittleEndian(needs[0x28..], 0); // its strings are in section 0
        BinaryPrimitives.WriteUInt32LittleEndian(needs[0x2C..], 1);
        BinaryPrimitives.WriteUInt16LittleEndian(elf.AsSpan(NeedsOffset + 2), (ushort)versions.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(elf.AsSpan(NeedsOffset + 8), 16);
        int text = 0;
        for (int i = 0; i < versions.Length; i++)
        {
            var entry = elf.AsSpan(NeedsOffset + 16 + (16 * i));
            BinaryPrimitives.WriteUInt32LittleEndian(entry[8..], (uint)text);
            BinaryPrimitives.WriteUInt32LittleEndian(entry[12..], 16);
            text += Encoding.ASCII.GetBytes(versions[i], elf.AsSpan(strings + text)) + 1;
        }
        return elf;
    }
}
