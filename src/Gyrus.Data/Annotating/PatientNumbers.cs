using System.Globalization;
using Gyrus.Data.Manifests;

namespace Gyrus.Data.Annotating;

/// <summary>What taking patients from numbers gave.</summary>
/// <param name="Manifest">The data set with the column <see cref="KnownColumns.Patient"/>.</param>
/// <param name="Images">How many images were given a patient.</param>
/// <param name="Patients">How many patients these are.</param>
public sealed record NumberedPatients(Manifest Manifest, int Images, int Patients);

/// <summary>
/// Takes patients from numbers that run by patient, as those of a collection that was numbered slice after slice: numbers that are close to
/// each other are one patient. Who was two people may so become one, which a split can bear; one person on two sides it cannot.
/// </summary>
public static class PatientNumbers
{
    /// <summary>Gives a patient to each image that has a number, and none yet. Two images belong together where they are of one source, their
    /// numbers differ by less than <paramref name="within"/>, and one tumour may have both their labels; the same number belongs together
    /// whatever its labels; and so does what these link (single linkage).</summary>
    /// <param name="manifest">The data set.</param>
    /// <param name="column">One of its further columns; values that are no whole number are passed over.</param>
    /// <param name="within">How close, 1 or more; with 1 only the same number is the same patient.</param>
    /// <param name="where">Of which rows; null for all.</param>
    /// <exception cref="GyrusException">There is no such column, or no row has a number in it, or <paramref name="within"/> is below 1.</exception>
    public static NumberedPatients Assign(Manifest manifest, string column, int within, RowCondition? where = null)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        if (within < 1) throw new GyrusException($"Numbers cannot be closer than {within}: give 1 or more.");
        where?.Require(manifest);
        new RowCondition(new Dictionary<string, string> { [column] = "" }).Require(manifest);
        var wide = ManifestColumns.WithAlso(manifest, KnownColumns.Patient);
        int patient = wide.PlaceOf(KnownColumns.Patient);
        var numbered = wide.Rows
            .Where(row => wide.Value(row, KnownColumns.Patient).Length == 0 && where?.Holds(wide, row) != false)
            .Select(row => (Row: row, Number: Number(wide.Value(row, column)))).Where(image => image.Number is not null)
            .Select(image => (image.Row, Number: image.Number!.Value)).ToList();
        if (numbered.Count == 0)
            throw new GyrusException($"No image without a patient has a whole number in the column '{column}'. Name another, or mend the condition.");
        var names = new Dictionary<ManifestRow, string>();
        foreach (var source in numbered.GroupBy(image => wide.Value(image.Row, KnownColumns.Source)))
            Name([.. source.OrderBy(image => image.Number)], within, wide, where, names);
        return new NumberedPatients(
            wide with
            {
                Rows = [.. wide.Rows.Select(row => names.TryGetValue(row, out var name) ? row with { More = row.More.With(patient, name) } : row)],
            },
            names.Count,
            names.Select(name => (wide.Value(name.Key, KnownColumns.Source), name.Value)).Distinct().Count());
    }

    private static void Name(
        (ManifestRow Row, long Number)[] images, int within, Manifest manifest, RowCondition? where, Dictionary<ManifestRow, string> names)
    {
        var links = new Links(images.Length);
        for (int i = 0; i < images.Length; i++)
        {
            for (int j = i + 1; j < images.Length && images[j].Number - images[i].Number < within; j++)
            {
                if (images[j].Number == images[i].Number || OneTumour(manifest, images[i].Row, images[j].Row)) links.Join(i, j);
            }
        }
        // After the least number: the same whatever else is in the set.
        var prefix = where is null ? "" : string.Join('-', where.Values.Values.Where(value => value.Length > 0)) + "-";
        foreach (var together in Enumerable.Range(0, images.Length).GroupBy(links.Root))
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"{prefix}{together.Min(i => images[i].Number)}");
            foreach (int i in together) names[images[i].Row] = name;
        }
    }

    private static bool OneTumour(Manifest manifest, ManifestRow one, ManifestRow other) =>
        manifest.Labels.Allowed(manifest.LabelOf(one)).Intersect(manifest.Labels.Allowed(manifest.LabelOf(other))).Any();

    private static long? Number(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long number) ? number : null;
}
