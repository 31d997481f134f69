using Gyrus.Dicom;
using Gyrus.Dicom.Series;
using Gyrus.Imaging.Decoding;

namespace Gyrus.Inference.Studies;

/// <summary>The studies that lie in files.</summary>
/// <param name="Series">The series; those of a study stand together.</param>
/// <param name="Others">Files that are neither DICOM nor NIfTI.</param>
/// <param name="Duplicates">Images that were there already and are left out.</param>
/// <param name="Faults">What is wrong with files that begin as DICOM or NIfTI and cannot be read, a sentence each.</param>
public sealed record StudyFiles(IReadOnlyList<SliceSeries> Series, IReadOnlyList<string> Others, int Duplicates, IReadOnlyList<string> Faults)
{
    /// <summary>Looks at files by their content. Of DICOM only attributes are read.</summary>
    /// <param name="files">The files.</param>
    /// <param name="reader">Reads images, later.</param>
    /// <param name="progress">Told of each file.</param>
    /// <param name="cancellation">Stops the work.</param>
    public static StudyFiles Read(IReadOnlyList<string> files, SliceReader reader, IProgress<WorkProgress>? progress, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(files);
        var (dicom, nifti, others) = SliceFiles.Sort(files, cancellation);
        List<string> faults = [];
        var telling = new Lock();
        int duplicates = 0;
        void Tell(DicomException e)
        {
            lock (telling) faults.Add(e.Message);
        }

        List<SliceSeries> stacks = [.. DicomSeries.Group(StudyWalk.Read(dicom, Tell, progress, cancellation), _ => duplicates++).Select(series => DicomSliceSeries.Of(series, reader))
            .GroupBy(stack => stack.StudyUid).SelectMany(study => study)];
        foreach (var file in nifti)
        {
            try
            {
                stacks.AddRange(NiftiSliceSeries.Of(file, reader));
            }
            catch (DicomException e)
            {
                Tell(e);
            }
        }
        return new(stacks, others, duplicates, [.. faults.Order(StringComparer.Ordinal)]);
    }
}
