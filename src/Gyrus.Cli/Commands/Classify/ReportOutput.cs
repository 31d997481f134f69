using Gyrus.Dicom.Writing;
using Gyrus.DicomWeb;
using Gyrus.Inference.Reports;
using Gyrus.Inference.Studies;
using Gyrus.Models;

namespace Gyrus.Cli.Commands.Classify;

/// <summary>Writes the objects that are made of answers, into a folder and into an archive.</summary>
/// <param name="request">Where they go.</param>
/// <param name="archive">The archive; null where none is named.</param>
internal sealed class ReportOutput(ReportRequest request, DicomWebClient? archive)
{
    /// <summary>Writes those of a study; objects of the same answer that are there are replaced, or known by the archive.</summary>
    /// <param name="study">The answer.</param>
    /// <param name="model">The model.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <returns>How many there are; 0 where the study is not of DICOM objects, which a report must name.</returns>
    /// <exception cref="GyrusException">One cannot be written or stored.</exception>
    public async Task<int> Write(StudyAnswer study, ModelDescription model, CancellationToken cancellation)
    {
        if (study.Series.Select(series => series.Stack.Attributes).FirstOrDefault(attributes => attributes is not null) is not { } attributes) return 0;
        var objects = StudyObjects.Of(new ReportedStudy(study, attributes(), model, request.Uids, TimeProvider.System.GetLocalNow()));
        if (request.Folder is { } folder)
        {
            foreach (var one in objects) Write(Path.Combine(folder, FolderName(study.Uid), one.InstanceUid + ".dcm"), one.Bytes);
        }
        if (archive is not null) await archive.Store([.. objects.Select(one => one.Bytes)], cancellation);
        return objects.Count;
    }

    private static void Write(string path, byte[] bytes)
    {
        try
        {
            AtomicFile.Write(path, stream => stream.Write(bytes));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new GyrusException($"{path}: the report cannot be written ({e.Message}). Name a folder that can be written to, on a disk with room.", e);
        }
    }

    // A UID, unless a file is damaged or hostile.
    private static string FolderName(string uid) => DicomUids.IsUid(uid) ? uid : "study";
}
