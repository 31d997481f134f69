using System.Globalization;
using Gyrus.Learning.Backbones;
using Gyrus.Learning.Training;
using Gyrus.Learning.Tuning;

namespace Gyrus.Learning.Runs;

/// <summary>The ranges of all that the files of runs and studies hold, which are read again to be gone on with, exported or
/// ranked.</summary>
internal static class RecordCheck
{
    /// <summary>Checks the record of a run that has ended.</summary>
    /// <param name="path">Its file, as messages name it.</param>
    /// <param name="record">The record.</param>
    /// <exception cref="GyrusException">A member is out of its range.</exception>
    public static void Run(string path, RunRecord record)
    {
        var members = new MemberCheck(path, "Resume the run to write it anew, or train again.");
        Recipe(path, members, record.Recipe);
        members.Count("seconds", record.Seconds);
        Epoch(members, "best", record.Best);
        for (int i = 0; i < record.History.Count; i++) members.Require(record.History[i] is not null, Element("history", i), "null", "it holds an epoch's figures");
        Hashes(members, "trainingImages", record.TrainingImages);
        Hashes(members, "selectionImages", record.SelectionImages);
    }

    /// <summary>Checks the record of a study.</summary>
    /// <param name="path">Its file, as messages name it.</param>
    /// <param name="record">The record.</param>
    /// <exception cref="GyrusException">A member is out of its range.</exception>
    public static void Study(string path, TuningRecord record)
    {
        var members = new MemberCheck(path, "Remove the file, or name another folder.");
        members.Count("seconds", record.Seconds);
        for (int i = 0; i < record.Results.Count; i++)
        {
            var (at, result) = (Element("results", i), record.Results[i]);
            members.Require(result is not null, at, "null", "it holds what a setting gave");
            members.Range(at + ".point.learningRate", result!.Point.LearningRate, double.Epsilon, double.MaxValue);
            members.Range(at + ".point.innerSize", result.Point.InnerSize, 1, int.MaxValue);
            members.Share(at + ".point.dropout", result.Point.Dropout);
            Epoch(members, at + ".best", result.Best);
            for (int epoch = 0; epoch < result.History.Count; epoch++)
                Epoch(members, Element(at + ".history", epoch), result.History[epoch]);
        }
    }

    private static void Recipe(string path, MemberCheck members, RunRecipe recipe)
    {
        members.Named("recipe.backbone", recipe.Backbone);
        members.Range("recipe.preprocessing.size", recipe.Preprocessing.Size, 1, Backbone.MostSize);
        members.Hash("recipe.weightsHash", recipe.WeightsHash);
        members.Hash("recipe.dataHash", recipe.DataHash);
        members.Hash("recipe.splitHash", recipe.SplitHash);
        try
        {
            _ = recipe.LabelSet();
            recipe.Head.Validate();
            recipe.Training.Validate();
            recipe.FineTune?.Validate();
        }
        catch (GyrusException e)
        {
            throw new GyrusException($"{path}: the recipe is damaged. {e.Message}", e);
        }
    }

    private static void Epoch(MemberCheck members, string at, EpochRecord epoch)
    {
        members.Require(epoch is not null, at, "null", "it holds an epoch's figures");
        members.Range(at + ".epoch", epoch!.Epoch, 1, int.MaxValue);
        members.Count(at + ".seconds", epoch.Seconds);
        Part(members, at + ".train", epoch.Train);
        Part(members, at + ".val", epoch.Val);
    }

    private static void Part(MemberCheck members, string at, PartFigures part)
    {
        members.Count(at + ".loss", part.Loss);
        members.Share(at + ".accuracy", part.Accuracy);
        members.Share(at + ".tumourRecall", part.TumourRecall);
    }

    private static void Hashes(MemberCheck members, string at, IReadOnlyList<string> hashes)
    {
        for (int i = 0; i < hashes.Count; i++) members.Hash(Element(at, i), hashes[i]);
    }

    private static string Element(string list, int index) => string.Create(CultureInfo.InvariantCulture, $"{list}[{index}]");
}
