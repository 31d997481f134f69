using Gyrus.Data.Manifests;
using Gyrus.Data.Surroundings;
using Gyrus.Imaging.Decoding;
using Gyrus.Imaging.Grey;
using Gyrus.Imaging.HeadRegion;
using Gyrus.Testing.Models;

namespace Gyrus.Bench.Shortcuts;

/// <summary>Makes the changed images, the same for the same seed.</summary>
/// <param name="manifest">The data set.</param>
/// <param name="count">The most images of a kind.</param>
/// <param name="seed">Chooses images and writing.</param>
/// <param name="folder">Takes the changed copies.</param>
internal sealed class ChangedScans(Manifest manifest, int count, int seed, string folder)
{
    public const string Transplanted = "real writing laid on";
    public const string Drawn = "drawn writing laid on";
    public const string Removed = "writing taken off";
    public const string Blanked = "all but the head blanked";

    /// <summary>Healthy CT, with the writing of tumours and with drawn writing. Images without a head, or without room
    /// for three lines beside it, are passed over.</summary>
    public IEnumerable<ChangedScan> Pasted()
    {
        var random = new Random(seed);
        var donors = Shuffled("ct_tumor", Split.Test, random).Select(manifest.FullPath).ToList();
        if (donors.Count == 0) throw new GyrusException("The manifest's test part has no ct_tumor: split the data set first.");
        int next = 0, done = 0;
        foreach (var row in Candidates("ct_healthy", random))
        {
            var path = manifest.FullPath(row);
            var scan = ScanDecoder.Read(path);
            if (HeadFinder.Find(scan) is not { } head || DrawnWriting.On(scan, head, random) is not { } drawn) continue;
            yield return ChangedScan.Write(Drawn, path, row.Sha256, scan, drawn, folder);
            yield return ChangedScan.Write(
                Transplanted, path, row.Sha256, scan, Transplant.Onto(scan, head, NextDonor()), folder);
            if (++done == count) break;
        }

        GreyPicture NextDonor()
        {
            for (int tried = 0; tried < donors.Count; tried++)
            {
                var donor = ScanDecoder.Read(donors[next++ % donors.Count]);
                if (HasWriting(donor) && Transplant.Surroundings(donor) is { } surroundings) return surroundings;
            }
            throw new GyrusException("No ct_tumor of the manifest's test part has writing on a dark background.");
        }
    }

    /// <summary>CT of tumours that have writing, without it and without anything but the head.</summary>
    public IEnumerable<ChangedScan> TakenOff()
    {
        int done = 0;
        foreach (var row in Candidates("ct_tumor", new Random(seed + 1)))
        {
            var path = manifest.FullPath(row);
            var scan = ScanDecoder.Read(path);
            if (!HasWriting(scan) || HeadFinder.Find(scan) is not { } head) continue;
            yield return ChangedScan.Write(Removed, path, row.Sha256, scan, WritingRemoval.Apply(scan, head), folder);
            yield return ChangedScan.Write(Blanked, path, row.Sha256, scan, HeadBlanking.Apply(scan, head), folder);
            if (++done == count) break;
        }
    }

    private static bool HasWriting(Scan scan) => SurroundingsExaminer.Examine(scan).BurnedInText;

    /// <summary>The test part and, behind it for where it is too small, the validation part.</summary>
    private IEnumerable<ManifestRow> Candidates(string label, Random random) =>
        [.. Shuffled(label, Split.Test, random), .. Shuffled(label, Split.Val, random)];

    private ManifestRow[] Shuffled(string label, Split split, Random random)
    {
        var rows = manifest.Rows.Where(row => row.Label == label && row.Split == split)
            .OrderBy(row => row.Sha256, StringComparer.Ordinal).ToArray();
        random.Shuffle(rows);
        return rows;
    }
}
