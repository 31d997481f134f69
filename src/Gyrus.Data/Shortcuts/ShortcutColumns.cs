using Gyrus.Data.Surroundings;
using Gyrus.Imaging.Acquisition;

namespace Gyrus.Data.Shortcuts;

/// <summary>The numbers that a shortcut classifier learns from.</summary>
internal static class ShortcutColumns
{
    /// <summary>Lays out the numbers of a source.</summary>
    /// <returns>[features][samples].</returns>
    public static float[][] Of(ShortcutSource source, IReadOnlyList<ShortcutSample> samples) => source switch
    {
        ShortcutSource.Border => Border(samples),
        ShortcutSource.Text => Text(samples),
        ShortcutSource.File => OfFile(samples),
        ShortcutSource.Acquisition => OfAcquisition(samples),
        _ => [.. Border(samples), .. Text(samples), .. OfFile(samples)],
    };

    private static float[][] Border(IReadOnlyList<ShortcutSample> samples) =>
        Features(samples, 0, SurroundingsColumns.BorderCount);

    private static float[][] Text(IReadOnlyList<ShortcutSample> samples) =>
    [
        .. Features(samples, SurroundingsColumns.BorderCount, SurroundingsColumns.TextCount),
        Column(samples, sample => sample.Facts.Surroundings.BurnedInText ? 1 : 0),
        Column(samples, sample => sample.Facts.Surroundings.FaintText ? 1 : 0),
    ];

    private static float[][] OfFile(IReadOnlyList<ShortcutSample> samples) =>
    [
        Column(samples, sample => sample.Facts.Width),
        Column(samples, sample => sample.Facts.Height),
        Column(samples, sample => (float)sample.Facts.Width / sample.Facts.Height),
        .. OneOf(samples, sample => sample.Facts.Format),
        .. OneOf(samples, sample => sample.Facts.Mode),
    ];

    private static float[][] OfAcquisition(IReadOnlyList<ShortcutSample> samples) =>
        [.. Enumerable.Range(0, AcquisitionColumns.Count).Select(k => Column(samples, sample => sample.Facts.Acquisition[k]))];

    private static float[][] Features(IReadOnlyList<ShortcutSample> samples, int first, int count) =>
        [.. Enumerable.Range(first, count)
            .Select(k => Column(samples, sample => sample.Facts.Surroundings.Columns.ElementAtOrDefault(k)))];

    /// <summary>A column of 0 and 1 for each name that occurs.</summary>
    private static IEnumerable<float[]> OneOf(IReadOnlyList<ShortcutSample> samples, Func<ShortcutSample, string> name) =>
        samples.Select(name).Distinct().Order(StringComparer.Ordinal)
            .Select(known => Column(samples, sample => name(sample) == known ? 1 : 0));

    private static float[] Column(IReadOnlyList<ShortcutSample> samples, Func<ShortcutSample, float> value) =>
        [.. samples.Select(value)];
}
