using System.Globalization;
using Gyrus.Learning.Backbones;
using Gyrus.Learning.Training;

namespace Gyrus.Learning.Runs;

/// <summary>The ranges of all that the file of a run holds, which is read again to be gone on with or exported.</summary>
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
        EpochCheck.Run(members, "best", record.Best);
        for (int i = 0; i < record.History.Count; i++) members.Require(record.History[i] is not null, Element("history", i), "null", "it holds an epoch's figures");
        Hashes(members, "trainingImages", record.TrainingImages);
        Hashes(members, "selectionImages", record.SelectionImages);
    }

    private static void Recipe(string path, MemberCheck members, RunRecipe recipe)
    {
        members.Named("recipe.backbone", recipe.Backbone);
        members.Range("recipe.preprocessing.size", recipe.Preprocessing.Size, 1, Backbone.MostSize);
        members.Hash("recipe.weightsHash", recipe.WeightsHash);
        members.Hash("recipe.dataHash", recipe.DataHash);
        members.Hash("recipe.splitHash", recipe.SplitHash);
        if (recipe.Distil is { } distil) members.Hash("recipe.distil.teacherHash", distil.TeacherHash);
        try
        {
            _ = recipe.LabelSet();
            recipe.Head.Validate();
            recipe.Training.Validate();
            recipe.FineTune?.Validate();
            recipe.Distil?.Validate();
        }
        catch (GyrusException e)
        {
            throw new GyrusException($"{path}: the recipe is damaged. {e.Message}", e);
        }
    }

    private static void Hashes(MemberCheck members, string at, IReadOnlyList<string> hashes)
    {
        for (int i = 0; i < hashes.Count; i++) members.Hash(Element(at, i), hashes[i]);
    }

    private static string Element(string list, int index) => string.Create(CultureInfo.InvariantCulture, $"{list}[{index}]");
}
