using Gyrus.Data.Manifests;
using Gyrus.Evaluation.Scans;
using Gyrus.Learning.Training;
using Gyrus.Models;

namespace Gyrus.Learning.Runs;

/// <summary>A model that a run learns from.</summary>
/// <param name="Package">The model.</param>
/// <param name="Options">How much it counts.</param>
public sealed record ChosenTeacher(ModelPackage Package, DistilOptions Options)
{
    /// <summary>Finds the model that was chosen.</summary>
    /// <param name="choice">What was chosen.</param>
    /// <exception cref="GyrusException">There is no such model, it is another than the recipe names, or an option is out of range.</exception>
    public static ChosenTeacher Of(TeacherChoice choice)
    {
        ArgumentNullException.ThrowIfNull(choice);
        var package = ModelPackage.Load(choice.Model);
        var hash = NetworkFile.Hash(NetworkFile.Read(package));
        if (choice.NetworkHash is { } wanted && wanted != hash)
            throw new GyrusException($"{choice.Model}: is another model than the recipe learnt from: its distil.networkHash is {wanted}. Name that one, or put null in its place.");
        var options = new DistilOptions(hash, choice.Share, choice.Temperature);
        options.Validate();
        return new(package, options);
    }

    /// <summary>Checks that a run can learn from it, and is judged by nothing that it has seen.</summary>
    /// <param name="plan">The run.</param>
    /// <exception cref="GyrusException">It sees images otherwise, has other labels, or was trained on what the run is judged by.</exception>
    internal void Require(RunPlan plan)
    {
        var model = Package.Description;
        if (!model.LabelSet().Equals(plan.Manifest.Labels))
            throw new GyrusException($"{Package.Folder}: has other labels: {string.Join(", ", model.Labels)}. Learn from a model of the same labels.");
        if (model.Preprocessing != plan.Preprocessing)
        {
            throw new GyrusException(
                $"{Package.Folder}: sees images of {model.Preprocessing.Size} pixels, {model.Preprocessing.Framing} and {model.Preprocessing.Kernel}, scaled as {model.Preprocessing.Normalisation}; "
                + $"this run of {plan.Preprocessing.Size}, {plan.Preprocessing.Framing}, {plan.Preprocessing.Kernel} and {plan.Preprocessing.Normalisation}. Choose the same.");
        }
        if (plan.FineTune!.StartSize > 0)
            throw new GyrusException("A teacher sees one size of images: leave the start size out.");
        var seen = KnownScans.WithCopies(plan.Manifest, model.TrainingImages.ToHashSet());
        int leaked = plan.Manifest.Rows.Count(row => row.Split is Split.Val or Split.Test && seen.Contains(row.Sha256));
        if (leaked > 0)
        {
            throw new GyrusException(
                $"{Package.Folder}: was trained on {leaked} images that are in validation or test here, or on copies of them, and would hand on what it knows of them. Use the split that it was trained on.");
        }
    }
}
