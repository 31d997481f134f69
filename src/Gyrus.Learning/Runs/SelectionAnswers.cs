using Gyrus.Data.Manifests;
using Gyrus.Evaluation.Scans;
using Gyrus.Evaluation.TrustFitting;
using Gyrus.Models.Trust;

namespace Gyrus.Learning.Runs;

/// <summary>What a run answers on the images that its epoch was chosen on.</summary>
/// <param name="Part">Those images of a data set.</param>
/// <param name="Scans">The answers, not calibrated.</param>
public sealed record SelectionAnswers(Manifest Part, IReadOnlyList<ScoredScan> Scans)
{
    /// <summary>Learns how far the run's answers can be trusted.</summary>
    /// <param name="options">What is wanted.</param>
    /// <returns>Null where the data set holds none of those images.</returns>
    public TrustSettings? Learn(TrustOptions options)
    {
        if (Part.Rows.Count == 0) return null;
        var trust = TrustFit.Run(Scans, options, ScanGroupNumbers.Of(Part, Scans));
        return Scans[0].Labels.TellsTumours
            ? trust with { Studies = StudyFit.Of(Part, [.. Scans.Select(scan => TemperatureFit.At(scan, trust.Temperature))]) } : trust;
    }
}
