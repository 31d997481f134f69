using System.Globalization;
using Gyrus.Imaging.Labels;
using Gyrus.Models.Trust;

namespace Gyrus.Models;

/// <summary>The ranges of all that <c>model.json</c> holds: a description that passes makes only answers that are finite.</summary>
internal static class DescriptionCheck
{
    /// <summary>The widest that a temperature may be from 1, up or down: far more than a network that was trained needs.</summary>
    private const double WidestTemperature = 100;

    /// <summary>Checks a description.</summary>
    /// <param name="path">Its file, as messages name it.</param>
    /// <param name="description">The description.</param>
    /// <exception cref="GyrusException">A member means nothing, or the labels are no set of labels.</exception>
    public static void Run(string path, ModelDescription description)
    {
        var members = new MemberCheck(path, "Export the model again.");
        int labels = Labels(path, members, description);
        members.Named("name", description.Name);
        members.Named("version", description.Version);
        members.Named("backbone", description.Backbone);
        members.Range("preprocessing.size", description.Preprocessing.Size, 1, 4096);
        Outputs(members, description.Outputs);
        Provenance(members, description.Provenance);
        Hashes(members, "trainingImages", description.TrainingImages);
        Hashes(members, "selectionImages", description.SelectionImages);
        if (description.NetworkHash is { } hash) members.Hash("networkHash", hash);
        for (int i = 0; i < (description.Limits?.Count ?? 0); i++)
            members.Named(string.Create(CultureInfo.InvariantCulture, $"limits[{i}]"), description.Limits![i]);
        for (int i = 0; i < (description.Figures?.Count ?? 0); i++)
            Figure(members, string.Create(CultureInfo.InvariantCulture, $"figures[{i}]"), description.Figures![i]);
        if (description.Trust is { } trust) Trust(members, trust, labels);
        if (description.Abstention is not { } abstention) return;
        Abstention(members, abstention);
        members.Require(
            description.Outputs.Novelty is not null, "abstention", "there without outputs.novelty",
            "a limit of novelty needs a network that says how novel an image is");
    }

    private static int Labels(string path, MemberCheck members, ModelDescription description)
    {
        LabelSet labels;
        try
        {
            labels = description.LabelSet();
        }
        catch (GyrusException e)
        {
            throw new GyrusException($"{path}: labelMeanings: {e.Message}", e);
        }
        members.Require(
            description.Labels.SequenceEqual(labels.Names), "labels", string.Join(", ", description.Labels),
            description.LabelMeanings is null ? $"without labelMeanings it is {string.Join(", ", labels.Names)}" : "it has the names in labelMeanings");
        return labels.Count;
    }

    private static void Outputs(MemberCheck members, ModelOutputs outputs)
    {
        members.Named("outputs.input", outputs.Input);
        List<(string Member, string? Name)> given = [("outputs.logits", outputs.Logits)];
        if (outputs.Features is { } features) given.Add(("outputs.features", features));
        if (outputs.Activations is { } activations) given.Add(("outputs.activations", activations));
        if (outputs.Evidence is { } evidence) given.Add(("outputs.evidence", evidence));
        if (outputs.Novelty is { } novelty) given.Add(("outputs.novelty", novelty));
        if (outputs.LabelEvidence is { } labelEvidence) given.Add(("outputs.labelEvidence", labelEvidence));
        var seen = new HashSet<string>();
        foreach (var (member, name) in given)
        {
            members.Named(member, name);
            members.Require(seen.Add(name!), member, $"'{name}' once more", "each output has a name of its own");
        }
    }

    private static void Provenance(MemberCheck members, ModelProvenance provenance)
    {
        members.Hash("provenance.dataHash", provenance.DataHash);
        members.Hash("provenance.splitHash", provenance.SplitHash);
        members.Hash("provenance.weightsHash", provenance.WeightsHash);
        members.Named("provenance.gyrusVersion", provenance.GyrusVersion);
        foreach (var (name, version) in provenance.PackageVersions)
            members.Named($"provenance.packageVersions.{name}", version);
    }

    // A hash that is none, or is listed twice, was not written by an export, and a leak would go unseen.
    private static void Hashes(MemberCheck members, string member, IReadOnlyList<string> hashes)
    {
        var seen = new HashSet<string>(hashes.Count);
        for (int i = 0; i < hashes.Count; i++)
        {
            var one = string.Create(CultureInfo.InvariantCulture, $"{member}[{i}]");
            members.Hash(one, hashes[i]);
            members.Require(seen.Add(hashes[i]), one, $"'{hashes[i]}' once more", "each image is listed once");
        }
    }

    private static void Trust(MemberCheck members, TrustSettings trust, int labels)
    {
        members.Count("trust.images", trust.Images);
        members.Range("trust.temperature", trust.Temperature, 1 / WidestTemperature, WidestTemperature);
        members.Range("trust.rejectedTemperature", trust.RejectedTemperature, 1 / WidestTemperature, WidestTemperature);
        members.Share("trust.threshold.threshold", trust.Threshold.Threshold);
        members.Share("trust.threshold.wantedSensitivity", trust.Threshold.WantedSensitivity);
        members.Share("trust.threshold.sensitivity", trust.Threshold.Sensitivity);
        members.Share("trust.threshold.specificity", trust.Threshold.Specificity);
        members.Share("trust.conformal.coverage", trust.Conformal.Coverage);
        var least = trust.Conformal.Least;
        members.Require(
            least.Count == 0 || least.Count == labels, "trust.conformal.least",
            string.Create(CultureInfo.InvariantCulture, $"a list of {least.Count}"),
            string.Create(CultureInfo.InvariantCulture, $"it has a limit for each of {labels} labels, or none"));
        for (int i = 0; i < least.Count; i++)
            members.Share(string.Create(CultureInfo.InvariantCulture, $"trust.conformal.least[{i}]"), least[i]);
        if (trust.Over is { } over) Sources(members, over);
        if (trust.Doubt is { } doubt)
        {
            members.Range("trust.doubt.from", doubt.From, 0, trust.Threshold.Threshold);
            members.Range("trust.doubt.to", doubt.To, trust.Threshold.Threshold, 1);
            members.Share("trust.doubt.refused", doubt.Refused);
            members.Share("trust.doubt.wrongBefore", doubt.WrongBefore);
            members.Share("trust.doubt.wrong", doubt.Wrong);
        }
        if (trust.Studies is { } studies)
        {
            Pooled(members, "trust.studies.series", studies.Series);
            Pooled(members, "trust.studies.study", studies.Study);
        }
        if (trust.Conformal.Images is not { } images) return;
        members.Require(
            images.Count == labels, "trust.conformal.images",
            string.Create(CultureInfo.InvariantCulture, $"a list of {images.Count}"),
            string.Create(CultureInfo.InvariantCulture, $"it has a number for each of {labels} labels"));
        for (int i = 0; i < images.Count; i++)
            members.Count(string.Create(CultureInfo.InvariantCulture, $"trust.conformal.images[{i}]"), images[i]);
    }

    private static void Pooled(MemberCheck members, string at, PooledTrust pooled)
    {
        members.Require(pooled is not null, at, "null", "it says how pooled answers become probabilities");
        members.Count(at + ".tumours", pooled!.Tumours);
        members.Count(at + ".healthy", pooled.Healthy);
        members.Range(at + ".slope", pooled.Slope, double.Epsilon, WidestTemperature);
        members.Range(at + ".intercept", pooled.Intercept, -WidestTemperature, WidestTemperature);
    }

    private static void Sources(MemberCheck members, SourceTrust over)
    {
        foreach (var (name, how) in ((string, string)[])[("temperature", over.Temperature), ("threshold", over.Threshold), ("sets", over.Sets)])
        {
            members.Require(
                how is SourceTrust.SourceWeighted or SourceTrust.WorstSource, "trust.over." + name, $"'{how}'",
                $"it is {SourceTrust.SourceWeighted} or {SourceTrust.WorstSource}");
        }
        members.Range("trust.over.sources", over.Sources.Count, 2, int.MaxValue);
        for (int i = 0; i < over.Sources.Count; i++)
        {
            var at = string.Create(CultureInfo.InvariantCulture, $"trust.over.sources[{i}]");
            members.Require(over.Sources[i]?.Source is not null, at, "null", "it holds a source");
            members.Count(at + ".images", over.Sources[i].Images);
        }
    }

    private static void Figure(MemberCheck members, string at, MeasuredFigure figure)
    {
        members.Require(figure is not null, at, "null", "it holds a figure");
        members.Named(at + ".name", figure!.Name);
        members.Range(at + ".value", figure.Value, double.MinValue, double.MaxValue);
        members.Range(at + ".low", figure.Low, double.MinValue, double.MaxValue);
        members.Range(at + ".high", figure.High, double.MinValue, double.MaxValue);
        members.Range(at + ".images", figure.Images, 1, int.MaxValue);
    }

    private static void Abstention(MemberCheck members, AbstentionSettings abstention)
    {
        members.Range("abstention.noveltyLimit", abstention.NoveltyLimit, 0, double.MaxValue);
        members.Share("abstention.refused", abstention.Refused);
        members.Count("abstention.fittedOn", abstention.FittedOn);
        members.Count("abstention.limitFrom", abstention.LimitFrom);
        if (abstention.Sources is { } sources) members.Count("abstention.sources", sources);
        if (abstention.Kinds is { } kinds) KindsCheck.Run(members, kinds);
    }
}
