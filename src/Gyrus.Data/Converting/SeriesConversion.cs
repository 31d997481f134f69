using Gyrus.Dicom;
using Gyrus.Dicom.Display;
using Gyrus.Dicom.Series;
using Gyrus.Imaging.Decoding;

namespace Gyrus.Data.Converting;

/// <summary>Writes the slices of DICOM and NIfTI files as images, and DICOM series as NIfTI volumes.</summary>
public static class SeriesConversion
{
    /// <summary>Converts files. Series of several studies are in a folder a study, named by a hash of its UID; no patient's name or number is in a name.</summary>
    /// <param name="files">The files; those that are neither DICOM nor NIfTI are told of.</param>
    /// <param name="folder">Where to write; what an earlier conversion wrote there under the same name is replaced.</param>
    /// <param name="target">What slices are written as.</param>
    /// <param name="window">For images as displayed: the window; null for the usual one.</param>
    /// <param name="progress">Told of each slice.</param>
    /// <param name="cancellation">Stops the work; what was written stays.</param>
    /// <exception cref="GyrusException">Files stand where folders would be replaced.</exception>
    /// <exception cref="IOException">A file cannot be written.</exception>
    public static ConversionResult Run(
        IReadOnlyList<string> files, string folder, ConversionTarget target, GreyWindow? window, IProgress<WorkProgress>? progress, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(files);
        var sorted = SliceFiles.Sort(files, cancellation);
        var reader = new SliceReader(window);
        List<string> unreadable = [];
        var telling = new Lock();
        int duplicates = 0;
        void Tell(DicomException e)
        {
            lock (telling) unreadable.Add(e.Message);
        }

        var series = DicomSeries.Group(StudyWalk.Read(sorted.Dicom, Tell, progress, cancellation), _ => duplicates++);
        bool isOneStudy = series.Select(one => one.First.StudyUid).Distinct().Take(2).Count() < 2;
        var taken = new HashSet<string>(StringComparer.Ordinal);
        List<ConvertedSeries> converted = [];
        void Convert(SliceStack stack)
        {
            var name = isOneStudy || stack.StudyUid.Length == 0 ? stack.Name : StudyName(stack.StudyUid) + "/" + (stack.Name.Length == 0 ? "series" : stack.Name);
            converted.Add(Written(stack, Path.Combine(folder, PlainName.Free(name, taken)), target, progress, cancellation));
        }

        foreach (var one in series) Convert(DicomStack.Of(one, reader));
        foreach (var file in sorted.Nifti)
        {
            try
            {
                foreach (var stack in NiftiStacks.Of(file, reader))
                {
                    Convert(stack);
                    // Once is enough to say it.
                    if (stack.LeftOut is not null || target == ConversionTarget.Nifti) break;
                }
            }
            catch (DicomException e)
            {
                Tell(e);
            }
        }
        return new(converted, sorted.Others, duplicates, [.. unreadable.Order(StringComparer.Ordinal)]);
    }

    /// <summary>A sentence on a series, with its file and its number.</summary>
    internal static string Fault(this SliceStack stack, string reason)
    {
        var number = stack.Number is { } known ? FormattableString.Invariant($" {known}") : "";
        return $"{stack.Slices[0].Path}: series{number} ({stack.Slices.Count} {(stack.Slices.Count == 1 ? "image" : "images")}) was not converted: {reason}.";
    }

    private static ConvertedSeries Written(SliceStack stack, string path, ConversionTarget target, IProgress<WorkProgress>? progress, CancellationToken cancellation)
    {
        if (stack.LeftOut is { } reason) return stack.Result with { Faults = [stack.Fault(reason)] };
        int read = 0, total = stack.Slices.Count * (target == ConversionTarget.Png ? 1 : 2);
        void OnSlice() => progress?.Report(new WorkProgress("converting " + Path.GetFileName(path), Interlocked.Increment(ref read), total));
        return target switch
        {
            ConversionTarget.Png16 => PngSeries.Deep(stack, path, OnSlice, cancellation),
            ConversionTarget.Png => PngSeries.Displayed(stack, path, OnSlice, cancellation),
            _ => NiftiSeries.Write(stack, path, OnSlice, cancellation),
        };
    }

    private static string StudyName(string uid) => "study-" + Pseudonym.Of(uid);
}
