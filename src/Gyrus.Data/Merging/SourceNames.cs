using Gyrus.Data.Manifests;

namespace Gyrus.Data.Merging;

/// <summary>What the images of a data set that names no source are taken to be from.</summary>
internal static class SourceNames
{
    /// <summary>A name for each data set, whether it is needed or not.</summary>
    /// <param name="inputs">The data sets.</param>
    /// <param name="given">Sources by the name or the path of the data set.</param>
    /// <exception cref="GyrusException">A source is given for none of the data sets or for one whose images all have theirs, or two that need
    /// one have the same name.</exception>
    public static IReadOnlyList<string> Of(IReadOnlyList<MergeInput> inputs, IReadOnlyDictionary<string, string> given)
    {
        bool Needs(MergeInput input) => input.Manifest.Rows.Concat(input.Manifest.Dropped)
            .Any(row => string.IsNullOrWhiteSpace(input.Manifest.Value(row, KnownColumns.Source)));
        var needing = inputs.Where(Needs).ToList();
        if (given.Keys.FirstOrDefault(key => !needing.Exists(input => key == input.Path || key == input.Name)) is { } unknown)
        {
            throw new GyrusException($"A source is given for '{unknown}', which is none of the data sets that have images without one: "
                + $"{(needing.Count == 0 ? "all of them name theirs" : string.Join(", ", needing.Select(input => input.Name)))}.");
        }
        string NameOf(MergeInput input) => given.GetValueOrDefault(input.Path) ?? given.GetValueOrDefault(input.Name) ?? input.Name;
        if (needing.GroupBy(NameOf).FirstOrDefault(same => same.Count() > 1 && same.Key == same.First().Name) is { } same)
        {
            throw new GyrusException($"{string.Join(" and ", same.Select(input => input.Path))} name no source and would both be called '{same.Key}'. Give each a "
                + "source by its path.");
        }
        return [.. inputs.Select(NameOf)];
    }
}
