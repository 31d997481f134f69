using Gyrus.Dicom;
using Gyrus.Imaging.Decoding;
using Gyrus.Imaging.Encoders;

namespace Gyrus.Data.Converting;

/// <summary>Writes the slices of a series as PNG files into a folder.</summary>
internal static class PngSeries
{
    /// <summary>Writes values in 16 bits. A series of colours is not written; a slice that cannot be read is left out.</summary>
    /// <param name="stack">The series.</param>
    /// <param name="folder">The folder.</param>
    /// <param name="onSlice">Told of each slice that is read; each is twice.</param>
    /// <param name="cancellation">Stops the work.</param>
    public static ConvertedSeries Deep(SliceStack stack, string folder, Action onSlice, CancellationToken cancellation)
    {
        var ranges = new ValueRange?[stack.Slices.Count];
        bool hasColours = false;
        // What levels mean is known when all slices were seen, and these are more than memory may hold.
        var unread = Each(
            stack, onSlice, i =>
            {
                if (stack.Slices[i].Values() is { } slice) ranges[i] = ValueRange.Of(slice);
                else hasColours = true;
            }, cancellation);
        if (hasColours) return stack.Result with { Faults = [stack.Fault("its pixels are colours and no values; images as displayed can be written of it")] };
        if (ranges.OfType<ValueRange>().ToList() is not { Count: > 0 } seen) return stack.Result with { Faults = unread };
        var range = seen.Aggregate((one, other) => one.And(other));
        var levels = GreyLevels.Of(range);
        var written = Write(
            stack, folder, levels, range.Unit, onSlice, slice =>
            {
                var values = slice.Values()!;
                return (PngEncoder.Encode16(levels.Of(values), values.Width, values.Height), values.Width, values.Height);
            }, cancellation);
        return written with { Levels = levels, Unit = range.Unit };
    }

    /// <summary>Writes slices as they are displayed. One that cannot be read is left out.</summary>
    /// <param name="stack">The series.</param>
    /// <param name="folder">The folder.</param>
    /// <param name="onSlice">Told of each slice.</param>
    /// <param name="cancellation">Stops the work.</param>
    public static ConvertedSeries Displayed(SliceStack stack, string folder, Action onSlice, CancellationToken cancellation) =>
        Write(
            stack, folder, levels: null, unit: "", onSlice, slice =>
            {
                var scan = slice.Displayed();
                return (PngEncoder.Encode(scan), scan.Width, scan.Height);
            }, cancellation);

    private static ConvertedSeries Write(
        SliceStack stack, string folder, GreyLevels? levels, string unit, Action onSlice, Func<StackSlice, (byte[] Png, int Width, int Height)> encode, CancellationToken cancellation)
    {
        var written = new TabledSlice?[stack.Slices.Count];
        List<string> faults = [];
        SeriesFolder.Write(folder, temporary =>
        {
            faults = Each(
                stack, onSlice, i =>
                {
                    var slice = stack.Slices[i];
                    var (png, width, height) = encode(slice);
                    File.WriteAllBytes(Path.Combine(temporary, SeriesFolder.Image(i)), png);
                    // Images as displayed have square pixels.
                    (double, double)? spacing = slice.Spacing is { } size ? (size.Row * stack.Size.Rows / height, size.Column * stack.Size.Columns / width) : null;
                    written[i] = new(SeriesFolder.Image(i), 0, slice, spacing);
                }, cancellation);
            File.WriteAllBytes(Path.Combine(temporary, SeriesFolder.Table), SliceTable.Csv(written.OfType<TabledSlice>(), levels, unit));
        });
        TabledSlice[] slices = [.. written.OfType<TabledSlice>()];
        return stack.Result with { Path = folder, Table = Path.Combine(folder, SeriesFolder.Table), Written = slices.Length, Slices = slices, Faults = faults };
    }

    private static List<string> Each(SliceStack stack, Action onSlice, Action<int> work, CancellationToken cancellation)
    {
        var faults = new string?[stack.Slices.Count];
        Parallel.For(0, stack.Slices.Count, new ParallelOptions { CancellationToken = cancellation }, i =>
        {
            try
            {
                work(i);
            }
            catch (Exception e) when (e is DicomException or ScanException)
            {
                faults[i] = e.Message;
            }
            onSlice();
        });
        return [.. faults.OfType<string>().Distinct()];
    }
}
