using Gyrus.Inference.Studies;
using Gyrus.Server.Problems;
using Gyrus.Server.Uploads;
using Microsoft.AspNetCore.Http;

namespace Gyrus.Server.Studies;

/// <summary>Brings the files of a form to the disk, under their numbers.</summary>
internal static class SentFiles
{
    /// <summary>Writes the files of a form.</summary>
    /// <param name="request">The request.</param>
    /// <param name="folder">Takes them.</param>
    /// <param name="limits">What they may be.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <exception cref="ServiceProblem">The body is no form, has no file, or more than the limits say.</exception>
    public static async Task<NumberedFiles> Read(HttpRequest request, string folder, StudyLimits limits, CancellationToken cancellation)
    {
        if (!FormFiles.IsForm(request))
            throw ServiceProblem.UnsupportedMediaType("Send the files of a study, DICOM or NIfTI, as the parts of a form of type multipart/form-data.");
        FormFiles.LimitBody(request, limits.LargestStudy + FormFiles.Overhead);
        List<string> names = [];
        long bytes = 0;
        var buffer = new byte[81_920];
        await FormFiles.Read(
            request,
            async (name, content) =>
            {
                if (names.Count == limits.MostImages) throw ServiceProblem.TooLarge($"A study has at most {limits.MostImages} files here. Send fewer of its series.");
                await using var file = File.Create(NumberedFiles.PathOf(folder, names.Count));
                names.Add(name);
                int read;
                while ((read = await content.ReadAsync(buffer, cancellation)) > 0)
                {
                    bytes += read;
                    if (bytes > limits.LargestStudy) throw ServiceProblem.TooLarge($"The files of a study may have {limits.LargestStudy} bytes here. Send fewer of its series.");
                    await file.WriteAsync(buffer.AsMemory(0, read), cancellation);
                }
            },
            cancellation);
        return names.Count > 0 ? new NumberedFiles(folder, names) : throw ServiceProblem.BadRequest("The form has no file. Give each file as a part with a file name.");
    }
}
