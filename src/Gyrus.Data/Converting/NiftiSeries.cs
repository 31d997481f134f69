using Gyrus.Dicom;
using Gyrus.Dicom.Nifti;

namespace Gyrus.Data.Converting;

/// <summary>Writes a series as a NIfTI volume.</summary>
internal static class NiftiSeries
{
    /// <summary>What the volume's file ends with.</summary>
    public const string Ending = ".nii.gz";

    /// <summary>What the table's file ends with.</summary>
    public const string TableEnding = ".slices.csv";

    /// <summary>Writes it, as whole numbers of 16 bits where values are such, else as float32. A series that is no volume, or of which a slice cannot be read, is not written.</summary>
    /// <param name="stack">The series.</param>
    /// <param name="path">The volume's file without its ending.</param>
    /// <param name="onSlice">Told of each slice that is read; each is twice.</param>
    /// <param name="cancellation">Stops the work.</param>
    public static ConvertedSeries Write(SliceStack stack, string path, Action onSlice, CancellationToken cancellation)
    {
        if (stack.Grid.Grid is not { } grid) return stack.Result with { Faults = [stack.Fault(stack.Grid.Fault!)] };
        if (Math.Max(grid.Columns, Math.Max(grid.Rows, grid.Slices)) > short.MaxValue) return stack.Result with { Faults = [stack.Fault("it is larger than NIfTI-1 can say")] };
        try
        {
            ValueRange? range = null;
            foreach (var slice in stack.Slices)
            {
                cancellation.ThrowIfCancellationRequested();
                if (slice.Values() is not { } values) return stack.Result with { Faults = [stack.Fault("its pixels are colours, which make no volume of values")] };
                var one = ValueRange.Of(values);
                range = range is null ? one : range.And(one);
                onSlice();
            }
            bool isWhole = range is { IsWhole: true, IsFinite: true, Least: >= short.MinValue, Most: <= short.MaxValue };
            NiftiWriter.Write(path + Ending, (grid.Columns, grid.Rows, grid.Slices), grid.Affine, isWhole, stack.Slices.Select(slice =>
            {
                cancellation.ThrowIfCancellationRequested();
                var values = slice.Values()!.Values;
                onSlice();
                return values;
            }));
            var name = Path.GetFileName(path) + Ending;
            var table = SliceTable.Csv(stack.Slices.Select((slice, i) => new TabledSlice(name, i, slice, slice.Spacing)), levels: null, range!.Unit);
            AtomicFile.Write(path + TableEnding, stream => stream.Write(table));
            return stack.Result with { Path = path + Ending, Table = path + TableEnding, Written = stack.Slices.Count, Unit = range.Unit };
        }
        catch (DicomException e)
        {
            return stack.Result with { Faults = [e.Message] };
        }
    }
}
