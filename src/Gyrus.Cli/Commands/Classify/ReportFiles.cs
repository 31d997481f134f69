using Gyrus.Dicom.Parsing;
using Gyrus.Imaging.Decoding;
using Gyrus.Inference.Reports;
using Gyrus.Inference.Studies;
using Gyrus.Models;

namespace Gyrus.Cli.Commands.Classify;

/// <summary>Writes the objects that are made of answers.</summary>
internal static class ReportFiles
{
    /// <summary>Writes those of a study into a folder named by its UID; objects of the same answer that are there are replaced.</summary>
    /// <param name="request">Where they go.</param>
    /// <param name="study">The answer.</param>
    /// <param name="model">The model.</param>
    /// <returns>How many there are; 0 where the study is not of DICOM objects, which a report must name.</returns>
    /// <exception cref="GyrusException">One cannot be written.</exception>
    public static int Write(ReportRequest request, StudyAnswer study, ModelDescription model)
    {
        if (ImageFormats.OfFile(study.Path)?.Name != DicomSlices.FormatName) return 0;
        var objects = StudyObjects.Of(new ReportedStudy(study, DicomFile.ReadHeader(study.Path).Data, model, request.Uids, TimeProvider.System.GetLocalNow()));
        foreach (var one in objects)
        {
            var path = Path.Combine(request.Folder, FolderName(study.Uid), one.InstanceUid + ".dcm");
            try
            {
                AtomicFile.Write(path, stream => stream.Write(one.Bytes));
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new GyrusException($"{path}: the report cannot be written ({e.Message}). Name a folder that can be written to, on a disk with room.", e);
            }
        }
        return objects.Count;
    }

    // A UID, unless a file is damaged or hostile.
    private static string FolderName(string uid) => uid.Length is > 0 and <= 64 && uid.All(c => char.IsAsciiDigit(c) || c == '.') && uid != "." && uid != ".." ? uid : "study";
}
