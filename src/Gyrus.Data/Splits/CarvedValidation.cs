using Gyrus.Data.Manifests;

namespace Gyrus.Data.Splits;

/// <summary>Makes a validation part for a data set that came with training and test images alone.</summary>
internal static class CarvedValidation
{
    /// <summary>Checks that there is something to carve it out of.</summary>
    /// <param name="manifest">The data set.</param>
    /// <param name="share">The share of the published training part, above 0 and below 1.</param>
    /// <exception cref="GyrusException">The share is out of range, the set came with a validation part, or without a training
    /// part.</exception>
    public static void Check(Manifest manifest, double share)
    {
        if (share is not (> 0 and < 1)) throw new GyrusException($"The validation share {share} must be above 0 and below 1.");
        if (manifest.Rows.Any(row => row.Published == Split.Val))
        {
            throw new GyrusException(
                "This data set came with a validation part, which the published split keeps: no share for another is to be given.");
        }
        if (manifest.Rows.All(row => row.Published != Split.Train))
            throw new GyrusException("This data set came without a training part, so no validation part can be taken out of it.");
    }

    /// <summary>Moves whole groups from the training part to the validation part, each label in its share as near as the groups'
    /// sizes allow. The other parts are left as they are.</summary>
    /// <param name="manifest">The data set in its published parts, its rows in groups: <see cref="ScanGroups.Assign"/>.</param>
    /// <param name="share">The share of the training part, above 0 and below 1.</param>
    /// <param name="seed">The same seed gives the same parts, in whatever order the rows are.</param>
    /// <exception cref="GyrusException">The training part is a single group.</exception>
    public static Manifest Carve(Manifest manifest, double share, int seed)
    {
        List<ManifestRow> train = [.. manifest.Rows.Where(row => row.Split == Split.Train)];
        if (train.DistinctBy(row => row.Group).Count() < 2)
        {
            throw new GyrusException(
                "The training part is one group of images, which must stay on one side: no validation part can be taken out of it.");
        }
        var places = GroupPlacement.Place(train, row => row.Group, DatasetSplit.LabelOfSource(manifest), [1 - share, share], seed);
        return manifest with
        {
            Rows = [.. manifest.Rows.Select(row =>
                row.Split == Split.Train && places[row.Group] == 1 ? row with { Split = Split.Val } : row)],
        };
    }
}
