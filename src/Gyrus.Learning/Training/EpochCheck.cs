namespace Gyrus.Learning.Training;

/// <summary>The ranges of an epoch's figures, which files of runs and studies hold.</summary>
internal static class EpochCheck
{
    /// <summary>Checks an epoch's figures.</summary>
    /// <param name="members">The file that they are of.</param>
    /// <param name="at">Where in it they are.</param>
    /// <param name="epoch">The figures.</param>
    /// <exception cref="GyrusException">A member is missing or out of its range.</exception>
    public static void Run(MemberCheck members, string at, EpochRecord epoch)
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
}
