using Gyrus.Data.Manifests;

namespace Gyrus.Data.Selecting;

/// <summary>Leaves images of a data set out.</summary>
public static class RowSelection
{
    /// <summary>Leaves out what any of some conditions holds for. The images stay in <see cref="Manifest.Dropped"/> with a note that says
    /// why, and no split takes them back (<see cref="ManifestRow.LeftOut"/>).</summary>
    /// <param name="manifest">The data set.</param>
    /// <param name="conditions">The conditions, one at least.</param>
    /// <exception cref="GyrusException">A condition asks for a column that is not there, holds for no image, or nothing is left.</exception>
    public static Manifest Without(Manifest manifest, IReadOnlyList<RowCondition> conditions)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        ArgumentNullException.ThrowIfNull(conditions);
        foreach (var condition in conditions)
        {
            condition.Require(manifest);
            if (!manifest.Rows.Any(row => condition.Holds(manifest, row)))
                throw new GyrusException($"There is no image of which {condition}, so none was left out. Mend the condition.");
        }
        var why = manifest.Rows.ToDictionary(row => row, row => conditions.FirstOrDefault(condition => condition.Holds(manifest, row)));
        if (why.Values.All(condition => condition is not null))
            throw new GyrusException("The conditions hold for every image, so nothing would be left. Ask for more.");
        return manifest with
        {
            Rows = [.. manifest.Rows.Where(row => why[row] is null)],
            Dropped = [.. manifest.Dropped, .. manifest.Rows.Where(row => why[row] is not null)
                .Select(row => LeftOut.Of(row, $"left out: {why[row]}"))],
        };
    }
}
