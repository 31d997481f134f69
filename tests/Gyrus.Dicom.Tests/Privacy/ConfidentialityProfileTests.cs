using System.Text.Json;
using Gyrus.Dicom.Parsing;
using Gyrus.Dicom.Privacy;
using Gyrus.Testing;
using Xunit;

namespace Gyrus.Dicom.Tests.Privacy;

public class ConfidentialityProfileTests
{
    /// <summary>The table of the edition: where one of these numbers changes, the edition has, and the documentation must say so.</summary>
    [Fact]
    public void The_table_has_the_lines_of_its_edition()
    {
        var counts = ConfidentialityProfile.Rows.CountBy(row => row.Basic).ToDictionary();

        Assert.Equal("2026d", ConfidentialityProfile.Edition);
        Assert.Equal(657, ConfidentialityProfile.Rows.Count);
        Assert.Equal(657, ConfidentialityProfile.Rows.Select(row => row.Tag).Distinct().Count());
        Assert.Equal(
            (93, 42, 417, 55, 6), (counts[ProfileAction.Dummy], counts[ProfileAction.Empty], counts[ProfileAction.Remove], counts[ProfileAction.Uid], counts[ProfileAction.EmptyOrDummy]));
        Assert.Equal(
            (11, 23, 8, 2),
            (counts[ProfileAction.RemoveOrEmpty], counts[ProfileAction.RemoveOrDummy], counts[ProfileAction.RemoveOrEmptyOrDummy], counts[ProfileAction.RemoveOrEmptyOrUid]));
    }

    [Theory]
    [InlineData(0x0010, 0x0010, "PatientName", ProfileAction.Empty)]
    [InlineData(0x0010, 0x0020, "PatientID", ProfileAction.EmptyOrDummy)]
    [InlineData(0x0008, 0x0021, "SeriesDate", ProfileAction.RemoveOrDummy)]
    [InlineData(0x0008, 0x0080, "InstitutionName", ProfileAction.RemoveOrEmptyOrDummy)]
    [InlineData(0x0008, 0x1140, "ReferencedImageSequence", ProfileAction.RemoveOrEmptyOrUid)]
    [InlineData(0x0020, 0x000D, "StudyInstanceUID", ProfileAction.Uid)]
    [InlineData(0x0010, 0x0012, "NameToUse", ProfileAction.Remove)]
    [InlineData(0x5004, 0x3000, "CurveData", ProfileAction.Remove)]
    [InlineData(0x6002, 0x3000, "OverlayData", ProfileAction.Remove)]
    [InlineData(0x601E, 0x4000, "OverlayComments", ProfileAction.Remove)]
    [InlineData(0x0029, 0x1010, "PrivateAttributes", ProfileAction.Remove)]
    public void An_attribute_is_found(int group, int element, string keyword, ProfileAction action)
    {
        var row = ConfidentialityProfile.Find(new DicomTag((ushort)group, (ushort)element));

        Assert.Equal((keyword, action), (row?.Keyword, row?.Basic));
    }

    [Fact]
    public void An_attribute_that_tells_nothing_is_in_no_line() => Assert.Null(ConfidentialityProfile.Find(DicomTags.Rows));

    /// <summary>gdcm knows an older edition of the profile: all that it changes is in the table.</summary>
    [Fact]
    public void All_that_gdcm_changes_is_changed()
    {
        var output = PeerProgram.Run(PeerProgram.Python("gdcm"), ["-c",
            "import gdcm\nfor t in gdcm.Anonymizer.GetBasicApplicationLevelConfidentialityProfileAttributes(): print(t.GetGroup(), t.GetElement())"]).Output;
        var tags = output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' '))
            .Select(parts => new DicomTag(ushort.Parse(parts[0]), ushort.Parse(parts[1]))).ToList();

        Assert.True(tags.Count >= 40, $"{tags.Count} attributes");
        Assert.DoesNotContain(tags, tag => ConfidentialityProfile.Find(tag) is null);
    }

    /// <summary>Keywords of the table and representations of the standard's attributes are those of pydicom's dictionary, but for those that are newer.</summary>
    [Fact]
    public void Keywords_and_representations_are_pydicoms()
    {
        var output = PeerProgram.Run(PeerProgram.Python("pydicom"), ["-c",
            "import json\nfrom pydicom.datadict import DicomDictionary as d\nprint(json.dumps({'%08X' % t: [v[0], v[4]] for t, v in d.items()}))"]).Output;
        var theirs = JsonSerializer.Deserialize<Dictionary<string, string[]>>(output)!;
        List<string> faults = [];
        int keywords = 0;
        foreach (var row in ConfidentialityProfile.Rows.Where(row => row.Mask == uint.MaxValue))
        {
            if (!theirs.TryGetValue(row.Number.ToString("X8"), out var known)) continue;
            keywords++;
            if (known[1] != row.Keyword) faults.Add($"{row.Tag} is {row.Keyword}, and pydicom has {known[1]}");
        }
        foreach (var (number, known) in theirs.Where(one => !one.Key.StartsWith("0000", StringComparison.Ordinal) && !one.Key.StartsWith("FFFE", StringComparison.Ordinal)))
        {
            var tag = new DicomTag(Convert.ToUInt16(number[..4], 16), Convert.ToUInt16(number[4..], 16));
            var ours = StandardRepresentations.Find(tag);
            if (ours is null || !known[0].Contains(ours, StringComparison.Ordinal)) faults.Add($"{tag} is {ours}, and pydicom has {known[0]}");
        }

        Assert.Empty(faults);
        Assert.True(keywords >= 600 && theirs.Count > 4500, $"{keywords} keywords of {theirs.Count} attributes");
    }
}
