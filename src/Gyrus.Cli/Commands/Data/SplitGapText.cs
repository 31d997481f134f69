using System.Globalization;
using Gyrus.Data.Manifests;
using Gyrus.Data.Splits;

namespace Gyrus.Cli.Commands.Data;

/// <summary>Says which labels a split leaves without images to learn from, to choose on or to be tested on.</summary>
internal static class SplitGapText
{
    /// <summary>A line for each label that is missing somewhere and each part that is empty; none where all is there.</summary>
    public static IEnumerable<string> Warnings(Manifest split)
    {
        foreach (var label in SplitGaps.Find(split).GroupBy(gap => gap.Label))
        {
            int groups = label.First().Groups;
            var why = groups switch
            {
                0 => ".",
                1 => ": all its images are in 1 group, which stays on one side.",
                _ => string.Create(CultureInfo.InvariantCulture, $": its images are in {groups} groups, each on one side."),
            };
            yield return $"Warning: {label.Key} has no image in {string.Join(", ", label.Select(gap => gap.Place))}, so no "
                + "figure there says anything of it" + why;
        }
        foreach (var part in SplitGaps.EmptyParts(split))
            yield return $"Warning: there is no {Name(part)} part.{Remedy(part)}";
    }

    private static string Remedy(Split part) => part switch
    {
        Split.Train => " Training needs one.",
        Split.Val => " Training needs one: give --val, which beside --published takes it out of the training part.",
        _ => "",
    };

    private static string Name(Split part) => part switch
    {
        Split.Train => "training",
        Split.Val => "validation",
        _ => "test",
    };
}
