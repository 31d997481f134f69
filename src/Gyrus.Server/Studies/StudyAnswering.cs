using Gyrus.Imaging.Decoding;
using Gyrus.Inference;
using Gyrus.Inference.HeatMaps;
using Gyrus.Inference.Studies;
using Gyrus.Server.Classification;
using Gyrus.Server.Problems;
using Microsoft.AspNetCore.Http;

namespace Gyrus.Server.Studies;

/// <summary>Answers studies whose files come in a form, one request after the other, while images of others go between their slices. The files are on the disk until then,
/// and nothing is recorded.</summary>
/// <param name="queue">Brings slices to the network.</param>
/// <param name="classifier">The network.</param>
/// <param name="folders">Hold the files.</param>
/// <param name="limits">What they may be.</param>
internal sealed class StudyAnswering(ClassificationQueue queue, ScanClassifier classifier, StudyFolders folders, StudyLimits limits) : IDisposable
{
    /// <summary>Requests that send, wait or are answered at most, so that their files do not fill the disk.</summary>
    public const int MostAtWork = 4;

    private readonly SemaphoreSlim _places = new(MostAtWork), _turn = new(1);

    /// <summary>Answers the studies of a form.</summary>
    /// <param name="request">The request.</param>
    /// <param name="heatMap">What heat map is wanted of each slice; none where null.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <exception cref="ServiceProblem">There are too many, the form cannot be read or brings too much or no study, or the model tells no tumours.</exception>
    public async Task<(NumberedStudies Studies, IReadOnlyList<StudyAnswer> Answers)> Answer(HttpRequest request, HeatMapRequest? heatMap, CancellationToken cancellation)
    {
        if (!classifier.Labels.TellsTumours)
            throw ServiceProblem.Unprocessable("This model's labels do not tell tumours, so that a study has no answer. Send its images one by one.");
        if (!await _places.WaitAsync(0, cancellation)) throw ServiceProblem.Busy($"{MostAtWork} studies are being answered or wait.", retryAfter: 20);
        try
        {
            using var folder = folders.New();
            var sent = await SentFiles.Read(request, folder.Path, limits, cancellation);
            await _turn.WaitAsync(cancellation);
            try
            {
                return await Answer(sent, heatMap, cancellation);
            }
            finally
            {
                _turn.Release();
            }
        }
        finally
        {
            _places.Release();
        }
    }

    public void Dispose()
    {
        _places.Dispose();
        _turn.Dispose();
    }

    private async Task<(NumberedStudies Studies, IReadOnlyList<StudyAnswer> Answers)> Answer(NumberedFiles sent, HeatMapRequest? heatMap, CancellationToken cancellation)
    {
        var reader = new SliceReader(pixelLimit: limits.PixelLimit, volumeLimit: limits.LargestStudy);
        var studies = await Task.Run(() => NumberedStudies.Read(sent, reader, cancellation), cancellation);
        if (studies.Series.Count == 0)
        {
            throw ServiceProblem.Unprocessable(
                studies.Faults.Count > 0 ? string.Join(" ", studies.Faults) : "None of the files is a DICOM image or a NIfTI volume. Send the files of a study.");
        }
        int images = studies.Series.Sum(stack => stack.Slices.Count);
        if (images > limits.MostImages) throw ServiceProblem.TooLarge($"The files hold {images} images, and a study has at most {limits.MostImages} here. Send fewer of its series.");
        var results = await queue.ClassifyAside([.. studies.Slices.Select(slice => new ScanImage(slice.Name, slice.Read, heatMap))], cancellation);
        return (studies, studies.Answer(results, classifier.Package.Description));
    }
}
