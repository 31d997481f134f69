using Gyrus.Data.Converting;
using Gyrus.Data.Manifests;
using Gyrus.Dicom;
using Gyrus.Dicom.Series;
using Gyrus.Imaging.Decoding;

namespace Gyrus.Data.Import;

/// <summary>Turns the DICOM and NIfTI files among what was found into single images with what their attributes tell. A manifest's row is one file of one image: a DICOM file of one image
/// stays as it is; slices of volumes and of objects of several frames are written as PNG, as they are displayed.</summary>
/// <param name="found">What was found.</param>
/// <param name="folder">Where slices are written, a folder a volume and plane.</param>
/// <param name="every">Millimetres between slices of a series at least; null for all.</param>
internal sealed class SliceImages(FoundImages found, string folder, double? every)
{
    // Of a millimetre: places are rounded.
    private const double Rounding = 1e-3;

    private readonly SliceReader _reader = new();
    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);
    private readonly HashSet<string> _masks = new(StringComparer.Ordinal);
    private readonly List<UnreadableFile> _leftOut = [.. found.LeftOut];

    // What became of each file that is looked at here.
    private readonly Dictionary<string, List<(FoundImage Image, SliceColumns Known)>> _images = new(StringComparer.Ordinal);

    /// <summary>The images; series that show no head are left out with the reason.</summary>
    /// <param name="progress">Told of each file and slice.</param>
    /// <param name="cancellation">Stops the work.</param>
    public FoundImages Read(IProgress<WorkProgress>? progress, CancellationToken cancellation)
    {
        var files = found.Images.SelectMany(Below).DistinctBy(image => image.FullPath).ToList();
        var sorted = SliceFiles.Sort(files.Select(image => image.FullPath), cancellation);
        if (sorted.Dicom.Count + sorted.Nifti.Count == 0) return found with { Images = files };
        var byPath = files.ToDictionary(image => image.FullPath);
        // A file whose attributes cannot be read is told of when its pixels are. An image that is there twice is two, as of any format.
        var headers = StudyWalk.Read(sorted.Dicom, onUnreadable: null, progress, cancellation).Select(slice => slice with { InstanceUid = "" }).ToList();
        foreach (var path in headers.Select(slice => slice.Path)) _images[path] = [];
        foreach (var series in DicomSeries.Group(headers)) Dicom(series, byPath, progress, cancellation);
        foreach (var path in sorted.Nifti) Nifti(byPath[path], progress, cancellation);
        return Joined(files);
    }

    // A list may name folders.
    private static IEnumerable<FoundImage> Below(FoundImage image)
    {
        if (!Directory.Exists(image.FullPath)) return [image];
        var files = FolderSource.List(image.FullPath);
        return files.Images.Count == 0 ? [image]
            : files.Images.Select(name => image with { FullPath = Path.GetFullPath(Path.Combine(files.Folder, name)), Name = $"{image.Name.TrimEnd('/')}/{name}" });
    }

    private void Dicom(DicomSeries series, Dictionary<string, FoundImage> byPath, IProgress<WorkProgress>? progress, CancellationToken cancellation)
    {
        if (SeriesRefusal.Of(series) is { } reason)
        {
            LeaveOut(series.First.Path, FormattableString.Invariant($"its series of {series.Slices.Count} {(series.Slices.Count == 1 ? "image" : "images")} is left out: {reason}"));
            return;
        }
        var known = SliceColumns.Of(series);
        foreach (var file in Apart(series.Slices, slice => slice.Place?.Along).GroupBy(slice => slice.Path))
        {
            var image = byPath[file.Key];
            if (file.First().Frames == 1) _images[file.Key].Add((image, known));
            else Write(DicomStack.Of(new DicomSeries([.. file]), _reader), image, known, progress, cancellation);
        }
    }

    private void Nifti(FoundImage image, IProgress<WorkProgress>? progress, CancellationToken cancellation)
    {
        _images[image.FullPath] = [];
        try
        {
            foreach (var stack in NiftiStacks.Of(image.FullPath, _reader))
            {
                if (stack.LeftOut is { } reason)
                {
                    LeaveOut(image.FullPath, "it is left out: " + reason);
                    return;
                }
                Write(stack with { Slices = Apart(stack.Slices, slice => slice.Along) }, image, SliceColumns.Of(image, stack), progress, cancellation);
            }
        }
        catch (DicomException e)
        {
            _leftOut.Add(new(image.FullPath, e.Message));
        }
    }

    private void Write(SliceStack stack, FoundImage image, SliceColumns known, IProgress<WorkProgress>? progress, CancellationToken cancellation)
    {
        var shown = stack with { Slices = [.. stack.Slices.Where(slice => !IsEmpty(slice))] };
        if (shown.Slices.Count == 0)
        {
            LeaveOut(image.FullPath, $"it is left out: its {stack.Plane} slices are all of one grey");
            return;
        }
        var name = PlainName.Free($"{PlainName.Of(NiftiStacks.Stem(image.Name))}-{Pseudonym.Of(image.Name)}-{stack.Plane}".Trim('-'), _taken);
        int done = 0;
        var written = PngSeries.Displayed(
            shown, Path.Combine(folder, name), () => progress?.Report(new WorkProgress("slices of " + image.Name, Interlocked.Increment(ref done), shown.Slices.Count)), cancellation);
        _leftOut.AddRange(written.Faults.Select(fault => new UnreadableFile(image.FullPath, fault)));
        _images[image.FullPath].AddRange(written.Slices.Select(slice => (WithoutMask(image) with { FullPath = Path.GetFullPath(Path.Combine(written.Path!, slice.File)) }, known)));
    }

    private FoundImage WithoutMask(FoundImage image)
    {
        int at = found.MoreColumns.ToList().IndexOf(KnownColumns.Mask);
        if (at < 0 || image.More[at] is not { Length: > 0 } mask) return image;
        if (_masks.Add(mask)) LeaveOut(mask, $"it is the mask of {image.FullPath}, which is cut into slices, and masks are not: its slices have none");
        return image with { More = image.More.With(at, "") };
    }

    // Beyond the head a volume may have slices of nothing.
    private static bool IsEmpty(StackSlice slice)
    {
        try
        {
            return slice.Values() is { } values && ValueRange.Of(values) is { } range && range.Least == range.Most;
        }
        catch (DicomException)
        {
            return false;
        }
    }

    private FoundImages Joined(List<FoundImage> files)
    {
        var images = files.SelectMany(image => _images.GetValueOrDefault(image.FullPath) ?? [(image, SliceColumns.None)]).ToList();
        string[] columns = [.. found.MoreColumns, .. SliceColumns.Names.Where(name => !found.MoreColumns.Contains(name) && images.Any(image => image.Known[name].Length > 0))];
        // What a list says of an image is rather true than what its file says.
        string Value((FoundImage Image, SliceColumns Known) image, int at) => image.Image.More[at] is { Length: > 0 } given ? given : image.Known[columns[at]];
        return found with
        {
            Images = [.. images.Select(image => image.Image with { More = new([.. columns.Select((_, at) => Value(image, at))]) })],
            LeftOut = _leftOut,
            MoreColumns = columns,
        };
    }

    private void LeaveOut(string path, string reason) => _leftOut.Add(new(path, $"{path}: {reason}."));

    /// <summary>Slices in order of which each lies as far from the one before as was asked for; all where it is not known where they lie.</summary>
    private List<T> Apart<T>(IReadOnlyList<T> slices, Func<T, double?> along)
    {
        if (every is not { } distance || slices.Any(slice => along(slice) is null)) return [.. slices];
        List<T> apart = [];
        foreach (var slice in slices)
        {
            if (apart.Count == 0 || along(slice) - along(apart[^1]) >= distance - Rounding) apart.Add(slice);
        }
        return apart;
    }
}
