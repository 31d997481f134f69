using System.Diagnostics;
using Gyrus.Dicom.Nifti;
using Gyrus.Dicom.Parsing;
using Gyrus.Dicom.Pixels;
using Gyrus.Dicom.Series;
using Gyrus.Dicom.Tests.Pixels;
using Gyrus.Testing;
using Xunit;

namespace Gyrus.Dicom.Tests.Mutation;

/// <summary>Hostile files: each is read or refused with one error in words, in bounded time and memory.</summary>
public sealed class MutationTests : IDisposable
{
    private const int Count = 20_000;
    private const int LargestFile = 70_000;
    private const long PixelLimit = 4_000_000;
    // A codec is stopped after 5 s; a machine that does much else may take longer to do so.
    private const double MostSeconds = 20;

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Twenty_thousand_damaged_files_are_read_or_refused_in_words()
    {
        var files = Files();
        var random = new Random(7);
        List<string> faults = [];
        int read = 0, refused = 0;
        double longest = 0;
        var path = _folder.File("volume.nii");
        // The codecs are made ready once, whatever the file.
        Warm(files);
        for (int n = 0; n < Count; n++)
        {
            var (name, bytes) = files[random.Next(files.Count)];
            var damaged = MutatedFile.Of(bytes, random);
            var clock = Stopwatch.StartNew();
            try
            {
                if (name.StartsWith("nifti", StringComparison.Ordinal)) ReadVolume(path, damaged);
                else ReadObject(damaged);
                read++;
            }
            catch (DicomException e)
            {
                refused++;
                if (!e.Message.StartsWith(e.Path, StringComparison.Ordinal) || e.Detail.Length < 10) faults.Add($"{n} {name}: refused with '{e.Message}'");
            }
            catch (Exception e)
            {
                faults.Add($"{n} {name}: {e}");
            }
            longest = Math.Max(longest, clock.Elapsed.TotalSeconds);
        }

        Assert.Empty(faults);
        Assert.InRange(longest, 0, MostSeconds);
        Assert.True(read > Count / 10 && refused > Count / 10, $"{read} read, {refused} refused");
    }

    private static void ReadObject(byte[] bytes)
    {
        var file = DicomFile.Parse("damaged.dcm", bytes);
        foreach (var slice in SliceHeader.Of(file).Take(3)) _ = SeriesRefusal.Of(new DicomSeries([slice]));
        var pixels = DicomPixels.Of(file, PixelLimit);
        for (int frame = 0; frame < Math.Min(2, pixels.Layout.Frames); frame++) _ = pixels.Frame(frame);
    }

    private static void ReadVolume(string path, byte[] bytes)
    {
        File.WriteAllBytes(path, bytes);
        var plane = VolumePlane.Of(NiftiVolume.Read(path))[0];
        if ((long)plane.Rows * plane.Columns < PixelLimit) _ = plane.Values(plane.Count - 1);
    }

    private static void Warm(List<(string Name, byte[] Bytes)> files)
    {
        foreach (var (name, bytes) in files.Where(file => !file.Name.StartsWith("nifti", StringComparison.Ordinal)))
        {
            try
            {
                ReadObject(bytes);
            }
            catch (DicomException)
            {
                // Some are damaged as they come.
            }
        }
    }

    /// <summary>Files of our own, and real ones where they are.</summary>
    private static List<(string Name, byte[] Bytes)> Files()
    {
        List<(string, byte[])> files = [];
        foreach (var uid in (string[])["1.2.840.10008.1.2", "1.2.840.10008.1.2.1", "1.2.840.10008.1.2.2"])
        {
            files.Add(("own", WrittenDicom.File(TransferSyntax.Of(uid), data => data
                .Text(DicomTags.Modality, "CS", "MR")
                .Text(DicomTags.ImageType, "CS", @"ORIGINAL\PRIMARY\M")
                .Sequence(DicomTags.SharedFunctionalGroupsSequence, isDelimited: true, item => item
                    .Sequence(DicomTags.PixelMeasuresSequence, isDelimited: false, inner => inner.Text(DicomTags.PixelSpacing, "DS", @"1\1")))
                .Image(16, 16, 16, frames: 3)
                .Bytes(DicomTags.PixelData, "OW", new byte[16 * 16 * 2 * 3]))));
        }
        files.Add(("own packed", WrittenDicom.File(TransferSyntax.Of("1.2.840.10008.1.2.5"), data => data
            .Image(4, 4, 16, frames: 2).Packed([], PackedRuns.Frame(new ushort[16]), PackedRuns.Frame(new ushort[16])))));
        var shared = Path.Combine(TestFiles.Root, "..", "shared", "dicom");
        if (!Directory.Exists(shared)) return files;
        files.AddRange(Directory.GetFiles(shared, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .Where(path => new FileInfo(path).Length < LargestFile && !path.EndsWith(".csv", StringComparison.Ordinal) && !path.EndsWith(".md", StringComparison.Ordinal))
            .Select(path => (Path.GetRelativePath(shared, path), File.ReadAllBytes(path))));
        return files;
    }
}
