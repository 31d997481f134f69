using Gyrus.Inference;
using Gyrus.Inference.HeatMaps;
using Gyrus.Models.Trust;

namespace Gyrus.Cluster.Replicas;

/// <summary>What another replica found out about an image. Of it the one that asked makes the answer, with its own threshold.</summary>
/// <param name="Error">What is wrong with the image; null where it could be read.</param>
/// <param name="Logits">What the network gave; empty where the image could not be read.</param>
/// <param name="Reason">As in <see cref="ScanResult.Reason"/>.</param>
/// <param name="IsUnsure">As in <see cref="ScanResult.IsUnsure"/>.</param>
/// <param name="Kind">As in <see cref="ScanResult.Kind"/>.</param>
/// <param name="HeadShare">As in <see cref="ScanResult.HeadShare"/>.</param>
/// <param name="Worth">As in <see cref="ScanResult.Worth"/>.</param>
/// <param name="Picture">The heat map; null where none was asked for.</param>
/// <param name="HeatMapLabel">The label that it is of; null where it is of a tumour, or there is none.</param>
[GenerateSerializer, Immutable, Alias("gyrus.sent-answer")]
public sealed record SentAnswer(
    string? Error, float[] Logits, string? Reason, bool IsUnsure, int? Kind, double? HeadShare, string? Worth, SentPicture? Picture, string? HeatMapLabel)
{
    internal static SentAnswer Of(ScanResult result) => new(
        result.Error, result.Logits ?? [], result.Reason, result.IsUnsure, result.Kind, result.HeadShare, result.Worth,
        result.Picture is { } picture ? new SentPicture(picture.Png, picture.ScanWidth, picture.ScanHeight) : null, result.HeatMapLabel?.Name);

    internal ScanResult Result(string name, ScanClassifier classifier)
    {
        if (Error is not null) return ScanResult.Unreadable(name, Error);
        var trust = classifier.Package.Description.Trust ?? TrustSettings.None;
        return ScanResult.Answer(name, Logits, classifier.Labels, trust, classifier.Options.Threshold) with
        {
            Reason = Reason,
            IsUnsure = IsUnsure,
            Kind = Kind,
            HeadShare = HeadShare,
            Worth = Worth,
            Picture = Picture is null ? null : new DrawnHeatMap(Picture.Png, Picture.Width, Picture.Height),
            HeatMapLabel = HeatMapLabel is null ? null : classifier.Labels[classifier.Labels.IndexOf(HeatMapLabel)],
        };
    }
}

/// <summary>A heat map as a picture.</summary>
/// <param name="Png">A PNG file.</param>
/// <param name="Width">Width of the scan in it, in pixels.</param>
/// <param name="Height">Height of the scan in it, in pixels.</param>
[GenerateSerializer, Immutable, Alias("gyrus.sent-picture")]
public sealed record SentPicture(byte[] Png, int Width, int Height);
