using System.Globalization;
using System.Text.RegularExpressions;
using Gyrus.Inference.Studies;
using Gyrus.Server.Problems;
using Gyrus.Server.Uploads;
using Microsoft.AspNetCore.Http;

namespace Gyrus.Server.Studies;

/// <summary>The files of a form on the disk, under their numbers: their names, which often hold a patient's, are in memory alone and go into the answer.</summary>
/// <param name="Folder">Where they are.</param>
/// <param name="Names">Their names, in the form's order.</param>
internal sealed partial record SentFiles(string Folder, IReadOnlyList<string> Names)
{
    /// <summary>The files.</summary>
    public IReadOnlyList<string> Paths => [.. Names.Select((_, file) => PathOf(Folder, file))];

    /// <summary>Writes the files of a form.</summary>
    /// <param name="request">The request.</param>
    /// <param name="folder">Takes them.</param>
    /// <param name="limits">What they may be.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <exception cref="ServiceProblem">The body is no form, has no file, or more than the limits say.</exception>
    public static async Task<SentFiles> Read(HttpRequest request, string folder, StudyLimits limits, CancellationToken cancellation)
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
                await using var file = File.Create(PathOf(folder, names.Count));
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
        return names.Count > 0 ? new(folder, names) : throw ServiceProblem.BadRequest("The form has no file. Give each file as a part with a file name.");
    }

    /// <summary>A file's number in the form, from 0.</summary>
    public static int Number(string path) => int.Parse(Path.GetFileName(path), CultureInfo.InvariantCulture);

    /// <summary>A sentence with files under their names.</summary>
    public string Words(string text) => NumberedFile().Replace(
        text.Replace(Folder + Path.DirectorySeparatorChar, "\0", StringComparison.Ordinal), found => Names[Number(found.Groups[1].Value)]);

    /// <summary>A series with files under their names.</summary>
    public SliceSeries Named(SliceSeries stack) => stack with
    {
        Path = Words(stack.Path),
        StudyUid = Words(stack.StudyUid),
        SeriesUid = Words(stack.SeriesUid),
        // A volume's is its file's.
        Description = stack.Description == Path.GetFileName(stack.Path) ? Words(stack.Path) : stack.Description,
        Slices = [.. stack.Slices.Select(slice => slice with { Path = Words(slice.Path) })],
    };

    private static string PathOf(string folder, int file) => Path.Combine(folder, file.ToString("D6", CultureInfo.InvariantCulture));

    [GeneratedRegex("\0([0-9]{6})")]
    private static partial Regex NumberedFile();
}
