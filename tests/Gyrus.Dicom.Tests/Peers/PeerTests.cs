using Gyrus.Dicom.Nifti;
using Gyrus.Dicom.Parsing;
using Gyrus.Dicom.Pixels;
using Gyrus.Testing;
using Xunit;

namespace Gyrus.Dicom.Tests.Peers;

/// <summary>Every file of <c>../shared/dicom</c>, against what pydicom with gdcm and nibabel make of it.</summary>
public class PeerTests
{
    // Files that peers read and Gyrus does not, with why.
    private static readonly Dictionary<string, string> Refused = new()
    {
        ["pydicom/JPEG2000-embedded-sequence-delimiter.dcm"] = "4,292,730,882 tiles, which gdcm refuses too; Pillow reads the one that is there",
        ["nifti_nibabel/test.mgz"] = "FreeSurfer's own format",
    };

    [Fact]
    public void Pixels_are_those_of_pydicom_with_gdcm()
    {
        var (folder, files) = Files(path => !path.StartsWith("nifti_", StringComparison.Ordinal));
        var peers = PeerValues.Of(folder, files);
        List<string> faults = [];
        int compared = 0;
        foreach (var name in files)
        {
            var (peer, ours) = (peers[name], Pixels(Path.Combine(folder, name)));
            if (ours.Values is null != peer.Values is null)
            {
                if (ours.Values is null && !Refused.ContainsKey(name)) faults.Add($"{name}: refused ({ours.Error}), and peers read it");
                continue;
            }
            if (ours.Values is null) continue;
            compared++;
            int unequal = ours.Values.Zip(peer.Values!).Count(pair => Math.Abs(pair.First - pair.Second) > (ours.IsLossy ? 1 : 0));
            if (ours.Values.Length != peer.Values!.Length) faults.Add($"{name}: {ours.Values.Length} values, and peers have {peer.Values.Length}");
            else if (unequal > ours.Values.Length * (ours.IsLossy ? 0.001 : 0)) faults.Add($"{name}: {unequal} of {ours.Values.Length} values differ");
            foreach (var tag in (DicomTag[])[DicomTags.Modality, DicomTags.SeriesInstanceUid, DicomTags.StudyInstanceUid, DicomTags.SopInstanceUid])
            {
                var theirs = peer.Facts.GetProperty(DicomTags.Name(tag)).GetString();
                if (ours.File!.Data.Text(tag) != (theirs == "None" ? "" : theirs)) faults.Add($"{name}: {DicomTags.Name(tag)} is '{ours.File.Data.Text(tag)}', and peers have '{theirs}'");
            }
        }

        Assert.Empty(faults);
        Assert.True(compared >= 100, $"{compared} files compared");
    }

    [Fact]
    public void Volumes_are_those_of_nibabel()
    {
        var (folder, files) = Files(path => path.StartsWith("nifti_", StringComparison.Ordinal) && !path.EndsWith(".img", StringComparison.Ordinal));
        var peers = PeerValues.Of(folder, files);
        List<string> faults = [];
        foreach (var name in files)
        {
            var peer = peers[name];
            try
            {
                var volume = NiftiVolume.Read(Path.Combine(folder, name));
                if (peer.Values is null) continue;
                double worst = Voxels(volume).Zip(peer.Values).Max(pair => Difference(pair.First, pair.Second));
                if (worst > 1e-6) faults.Add($"{name}: values differ by {worst}");
                if (peer.Facts.GetProperty("affine") is { ValueKind: System.Text.Json.JsonValueKind.Array } affine)
                {
                    double apart = volume.Header.Affine.Cast<double>().Zip(affine.EnumerateArray().Select(number => number.GetDouble())).Max(pair => Math.Abs(pair.First - pair.Second));
                    if (apart > 1e-3) faults.Add($"{name}: lies {apart} mm elsewhere");
                }
            }
            catch (DicomException e)
            {
                if (peer.Values is not null && !Refused.ContainsKey(name)) faults.Add($"{name}: refused ({e.Message}), and nibabel reads it");
            }
        }

        Assert.Empty(faults);
    }

    private static double Difference(double a, double b) => a.Equals(b) ? 0 : Math.Abs(a - b) / Math.Max(1, Math.Abs(b));

    private static IEnumerable<double> Voxels(NiftiVolume volume)
    {
        var size = volume.Header.Size;
        for (int v = 0; v < volume.Volumes; v++)
        {
            for (int z = 0; z < size[2]; z++)
            {
                for (int y = 0; y < size[1]; y++)
                {
                    for (int x = 0; x < size[0]; x++) yield return volume.Value(x, y, z, v);
                }
            }
        }
    }

    private static (double[]? Values, bool IsLossy, DicomFile? File, string Error) Pixels(string path)
    {
        try
        {
            var file = DicomFile.Read(path);
            var pixels = DicomPixels.Of(file);
            return ([.. Enumerable.Range(0, pixels.Layout.Frames).SelectMany(i => Values(pixels.Frame(i)))], file.Syntax.IsLossy, file, "");
        }
        catch (DicomException e)
        {
            return (null, false, null, e.Message);
        }
    }

    private static IEnumerable<double> Values(PixelFrame frame) => Enumerable.Range(0, frame.Raw.Length).Select(i => (double)frame.Value(i));

    private static (string Folder, List<string> Files) Files(Func<string, bool> which)
    {
        var folder = TestFiles.Shared("dicom");
        return (folder, [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(folder, path)).Where(name => name.Contains('/', StringComparison.Ordinal) && which(name)).Order(StringComparer.Ordinal)]);
    }
}
