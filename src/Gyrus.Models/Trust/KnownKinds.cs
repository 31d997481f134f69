using System.Globalization;
using System.Text.Json.Serialization;
using Gyrus.Imaging.Acquisition;

namespace Gyrus.Models.Trust;

/// <summary>
/// The kinds of image, by how the head was imaged, that a network was trained on, and the answers that each had there. Where a kind had one answer alone,
/// the network may have learnt the kind in place of the disease, and its answer to another image of it is not accepted.
/// </summary>
/// <param name="Kinds">The kinds.</param>
/// <param name="Answers">[kinds]: the answers of each.</param>
public sealed record KnownKinds(AcquisitionKinds Kinds, IReadOnlyList<KindAnswers> Answers)
{
    /// <summary>The place of the kind that an image is of.</summary>
    /// <param name="columns">The image's, of which the first <see cref="AcquisitionColumns.SequenceCount"/> are looked at.</param>
    public int IndexOf(IReadOnlyList<float> columns) => Kinds.IndexOf(columns);

    /// <summary>Why an image of this kind is refused, as a sentence; null where the training data had both answers.</summary>
    /// <param name="kind">Its place.</param>
    public string? Refusal(int kind) => Answers[kind].Lacking is not { } lacking ? null
        : $"{(Kinds.Kinds[kind].Name is { Length: > 0 } name ? name : "Images made like this one")}: {lacking}, so that the answer may be read from how the image was made.";

    /// <summary>The sequence that images look to be of: the one that most training images of their kinds had, where it is more than half of those.</summary>
    /// <param name="kinds">The places of the images' kinds.</param>
    /// <returns>Such as <c>flair</c>; empty where training images do not tell, or are of several.</returns>
    public string SequenceOf(IEnumerable<int> kinds)
    {
        var votes = kinds.Select(kind => Answers[kind].Sequences).OfType<IReadOnlyDictionary<string, int>>()
            .SelectMany(known => known.Select(sequence => (sequence.Key, Share: sequence.Value / (double)known.Values.Sum())))
            .GroupBy(vote => vote.Key).Select(votes => (Name: votes.Key, Share: votes.Sum(vote => vote.Share))).ToList();
        var most = votes.OrderByDescending(vote => vote.Share).ThenBy(vote => vote.Name, StringComparer.Ordinal).FirstOrDefault();
        return 2 * most.Share > votes.Sum(vote => vote.Share) ? most.Name : "";
    }

    /// <summary>What an answer to an image of this kind is worth, as a sentence; null where too few such images were kept from training.</summary>
    /// <param name="kind">Its place.</param>
    public string? Worth(int kind) => Answers[kind].Kept?.Said is not { } said ? null
        : $"Of images made like this one{(Kinds.Kinds[kind].Name is { Length: > 0 } name ? $" ({name})" : "")} that were kept from training, {said}.";
}

/// <summary>The answers that images of a kind had in the training data.</summary>
/// <param name="Groups">Groups of them, such as patients.</param>
/// <param name="Tumours">Images with a tumour.</param>
/// <param name="Healthy">Images without one.</param>
/// <param name="TumourShare">The share with a tumour, 0 to 1, where a group of n images counts as the root of n, as it does in training.</param>
/// <param name="Kept">What the model made of images of the kind that were kept from training; null where it was not looked at.</param>
public sealed record KindAnswers(
    int Groups, int Tumours, int Healthy, double TumourShare,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] KindRecord? Kept = null)
{
    /// <summary>The share below which an answer is hardly there: one in twenty.</summary>
    public const double LeastShare = 0.05;

    /// <summary>Groups below which a kind is hardly there.</summary>
    public const int FewestGroups = 10;

    /// <summary>Those of its images whose sequence the data set tells, by sequence; null where it tells none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, int>? Sequences { get; init; }

    /// <summary>What the training data lacks of this kind, as the middle of a sentence; null where it has both answers.</summary>
    public string? Lacking
    {
        get
        {
            int images = Tumours + Healthy;
            if (Groups < FewestGroups) return string.Create(CultureInfo.InvariantCulture, $"the training data has hardly any ({Images(images)} of {Groups} patients or scans)");
            if (TumourShare < LeastShare) return string.Create(CultureInfo.InvariantCulture, $"the training data has heads without a tumour only ({Healthy} of {Images(images)})");
            if (1 - TumourShare < LeastShare) return string.Create(CultureInfo.InvariantCulture, $"the training data has tumours only ({Tumours} of {Images(images)})");
            return null;
        }
    }

    private static string Images(int count) => string.Create(CultureInfo.InvariantCulture, $"{count} {(count == 1 ? "image" : "images")}");
}
