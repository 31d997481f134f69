using Gyrus.Dicom.Nifti;

namespace Gyrus.Imaging.Decoding;

/// <summary>Files told apart by their content.</summary>
/// <param name="Dicom">Those that begin as DICOM.</param>
/// <param name="Nifti">Those that begin as NIfTI.</param>
/// <param name="Others">All others, those too that are not there or may not be read.</param>
public sealed record SliceFiles(IReadOnlyList<string> Dicom, IReadOnlyList<string> Nifti, IReadOnlyList<string> Others)
{
    /// <summary>Looks at the beginning of each file; the order stays.</summary>
    /// <param name="files">The files.</param>
    /// <param name="cancellation">Stops the work.</param>
    public static SliceFiles Sort(IEnumerable<string> files, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(files);
        List<string> dicom = [], nifti = [], others = [];
        foreach (var file in files)
        {
            cancellation.ThrowIfCancellationRequested();
            (ImageFormats.OfFile(file)?.Name == DicomSlices.FormatName ? dicom : NiftiVolume.IsNifti(file) ? nifti : others).Add(file);
        }
        return new(dicom, nifti, others);
    }
}
