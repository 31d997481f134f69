using System.Globalization;
using Gyrus.Learning.Training;

namespace Gyrus.Learning.Tuning;

/// <summary>The ranges of all that the file of a study holds, which is read again to be gone on with and ranked.</summary>
internal static class TuningCheck
{
    /// <summary>Checks the record of a study.</summary>
    /// <param name="path">Its file, as messages name it.</param>
    /// <param name="record">The record.</param>
    /// <exception cref="GyrusException">A member is out of its range.</exception>
    public static void Run(string path, TuningRecord record)
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
            EpochCheck.Run(members, at + ".best", result.Best);
            for (int epoch = 0; epoch < result.History.Count; epoch++)
                EpochCheck.Run(members, Element(at + ".history", epoch), result.History[epoch]);
        }
    }

    private static string Element(string list, int index) => string.Create(CultureInfo.InvariantCulture, $"{list}[{index}]");
}
