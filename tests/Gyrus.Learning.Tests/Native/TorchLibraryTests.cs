using System.Buffers.Binary;
using System.Diagnostics;
using System.Text;
using Gyrus.Learning.Native;
using Gyrus.Testing;
using Xunit;

namespace Gyrus.Learning.Tests.Native;

public sealed class TorchLibraryTests
{
    [Theory]
    [InlineData("Gyrus.Learning.Tests.Networks.SingleThreadedTests")]
    [InlineData("Gyrus.Learning.Tests.Training.MixingTests")]
    [InlineData("Gyrus.Learning.Tests.Trust.NoveltyFitTests")]
    public async Task Tests_that_use_TorchSharp_first_of_all_pass_in_a_folder_fresh_from_the_build(string tests)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the library is adapted on Linux alone");
        var build = AppContext.BaseDirectory.TrimEnd('/');
        var folder = $"{build}-{Path.GetRandomFileName()}";
        try
        {
            // Links, on the same disk: the folder holds 450 MB.
            using (var copy = Process.Start("cp", ["-al", build, folder])) await copy.WaitForExitAsync(Cancel);
            var library = Directory.GetFiles(folder, "libLibTorchSharp.so", SearchOption.AllDirectories).Single();
            var bytes = await File.ReadAllBytesAsync(library, Cancel);
            File.Delete(library);
            await File.WriteAllBytesAsync(library, Demanding(bytes), Cancel);

            var start = new ProcessStartInfo(
                "dotnet", [Path.Combine(folder, "Gyrus.Learning.Tests.dll"), "-class", tests, "-noColor"])
            { RedirectStandardOutput = true };
            using var process = Process.Start(start)!;
            var said = await process.StandardOutput.ReadToEndAsync(Cancel);
            await process.WaitForExitAsync(Cancel);

            Assert.True(process.ExitCode == 0, said);
            Assert.DoesNotContain("Total: 0,", said);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
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
        Process.Start("ln", [folder.File("cache.so"), folder.File("output.so")]).WaitForExit();

        Assert.True(TorchLibrary.Weaken(folder.File("output.so")));

        Assert.Equal(original, File.ReadAllBytes(folder.File("cache.so")));
        Assert.NotEqual(original, File.ReadAllBytes(folder.File("output.so")));
    }

    private const int NeedsOffset = 512;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>The library as its makers built it: the demand is found by its name's hash (System V ABI), which its flags follow.</summary>
    private static byte[] Demanding(byte[] elf)
    {
        uint hash = 0;
        foreach (var letter in "GLIBCXX_3.4.32"u8)
        {
            hash = (hash << 4) + letter;
            hash = (hash ^ ((hash & 0xf0000000) >> 24)) & 0x0fffffff;
        }
        var demand = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(demand, hash);
        int at = elf.AsSpan().IndexOf(demand);
        Assert.True(at > 0);
        elf[at + 4] = 0;
        var again = (byte[])elf.Clone();
        Assert.True(ElfVersionNeeds.MakeWeak(again, "GLIBCXX_3.4.32"));
        return elf;
    }

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
