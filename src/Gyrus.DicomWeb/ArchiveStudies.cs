using System.Globalization;
using Gyrus.Imaging.Decoding;
using Gyrus.Inference.Studies;

namespace Gyrus.DicomWeb;

/// <summary>Brings studies of an archive here, one after the other, each into a folder of its own that is gone after it.</summary>
/// <param name="client">The archive.</param>
/// <param name="reader">Reads images.</param>
/// <param name="progress">Told of series; null for none.</param>
public sealed class ArchiveStudies(DicomWebClient client, SliceReader reader, IProgress<WorkProgress>? progress = null)
{
    /// <summary>The studies that are meant, each once.</summary>
    /// <param name="request">Which.</param>
    /// <param name="cancellation">Stops the search.</param>
    /// <returns>Their UIDs.</returns>
    /// <exception cref="GyrusException">The archive does not answer, or refuses.</exception>
    public async Task<IReadOnlyList<string>> Find(ArchiveRequest request, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(request);
        return [.. request.Studies.Concat(request.Query is null ? [] : (await client.FindStudies(request.Query, cancellation)).Select(study => study.StudyUid)).Distinct()];
    }

    /// <summary>The address of a study, which stands for its files.</summary>
    /// <param name="study">The study's UID.</param>
    public string AddressOf(string study) => $"{client.Address}studies/{study}";

    /// <summary>The UID of a study at such an address.</summary>
    /// <param name="address">What <see cref="AddressOf"/> gave.</param>
    public static string UidOf(string address)
    {
        ArgumentNullException.ThrowIfNull(address);
        return address[(address.LastIndexOf('/') + 1)..];
    }

    /// <summary>Fetches a study, and does something with its series.</summary>
    /// <param name="study">The study's UID.</param>
    /// <param name="use">What is done while its files are there.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <exception cref="GyrusException">The archive does not answer, or refuses.</exception>
    public async Task Use(string study, Func<StudyFiles, Task> use, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(use);
        // For this user's eyes alone.
        var folder = Directory.CreateTempSubdirectory("gyrus-study-");
        try
        {
            var series = await client.FindSeries(study, cancellation);
            List<SliceSeries> others = [];
            for (int i = 0; i < series.Count; i++)
            {
                progress?.Report(new WorkProgress("fetching series", i, series.Count));
                if (series[i].Modality is not ("CT" or "MR" or "")) others.Add(Other(study, series[i]));
                else await client.FetchSeries(study, series[i].SeriesUid, Path.Combine(folder.FullName, i.ToString(CultureInfo.InvariantCulture)), cancellation);
            }
            var files = StudyFiles.Read(Directory.GetFiles(folder.FullName, "*", SearchOption.AllDirectories), reader, progress, cancellation);
            await use(files with { Series = [.. files.Series.Where(one => one.StudyUid == study).Select(one => one.At(AddressOf(study))), .. others] });
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private SliceSeries Other(string study, ArchiveEntry series) => new(AddressOf(study), study, series.SeriesUid, [])
    {
        Modality = series.Modality,
        LeftOut = $"it is of the modality {series.Modality}, not CT or MR",
    };
}
