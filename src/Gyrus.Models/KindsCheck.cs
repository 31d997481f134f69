using System.Globalization;
using Gyrus.Imaging.Acquisition;
using Gyrus.Models.Trust;

namespace Gyrus.Models;

/// <summary>The ranges of what <c>model.json</c> says of kinds of image.</summary>
internal static class KindsCheck
{
    /// <summary>Checks the kinds.</summary>
    /// <param name="members">Names the file.</param>
    /// <param name="known">The kinds.</param>
    /// <exception cref="GyrusException">A member means nothing, or there are not as many numbers as an image has.</exception>
    public static void Run(MemberCheck members, KnownKinds known)
    {
        const string At = "abstention.kinds";
        var kinds = known.Kinds;
        members.Range($"{At}.kinds.kinds", kinds.Kinds.Count, 1, int.MaxValue);
        Numbers(members, $"{At}.kinds.means", kinds.Means, float.MinValue);
        Numbers(members, $"{At}.kinds.scales", kinds.Scales, float.Epsilon);
        members.Require(
            known.Answers.Count == kinds.Kinds.Count, $"{At}.answers", string.Create(CultureInfo.InvariantCulture, $"a list of {known.Answers.Count}"),
            string.Create(CultureInfo.InvariantCulture, $"it has the answers of each of {kinds.Kinds.Count} kinds"));
        for (int i = 0; i < kinds.Kinds.Count; i++)
        {
            var kind = string.Create(CultureInfo.InvariantCulture, $"{At}.kinds.kinds[{i}]");
            members.Require(kinds.Kinds[i] is { Name: not null, Centre: not null }, kind, "null", "it has a name and a centre");
            Numbers(members, kind + ".centre", kinds.Kinds[i].Centre, float.MinValue);
            var answers = string.Create(CultureInfo.InvariantCulture, $"{At}.answers[{i}]");
            members.Require(known.Answers[i] is not null, answers, "null", "it holds the answers of a kind");
            members.Count(answers + ".groups", known.Answers[i].Groups);
            members.Count(answers + ".tumours", known.Answers[i].Tumours);
            members.Count(answers + ".healthy", known.Answers[i].Healthy);
            members.Share(answers + ".tumourShare", known.Answers[i].TumourShare);
            foreach (var (sequence, images) in known.Answers[i].Sequences ?? new Dictionary<string, int>())
            {
                members.Named(answers + ".sequences", sequence);
                members.Range($"{answers}.sequences.{sequence}", images, 1, int.MaxValue);
            }
            if (known.Answers[i].Kept is not { } kept) continue;
            members.Count(answers + ".kept.tumours", kept.Tumours);
            members.Range(answers + ".kept.seen", kept.Seen, 0, kept.Tumours);
            members.Count(answers + ".kept.healthy", kept.Healthy);
            members.Range(answers + ".kept.alarms", kept.Alarms, 0, kept.Healthy);
        }
    }

    private static void Numbers(MemberCheck members, string member, IReadOnlyList<float> numbers, float least)
    {
        members.Require(
            numbers.Count == AcquisitionColumns.SequenceCount, member, string.Create(CultureInfo.InvariantCulture, $"a list of {numbers.Count}"),
            string.Create(CultureInfo.InvariantCulture, $"it has {AcquisitionColumns.SequenceCount} numbers"));
        for (int i = 0; i < numbers.Count; i++)
            members.Range(string.Create(CultureInfo.InvariantCulture, $"{member}[{i}]"), numbers[i], least, float.MaxValue);
    }
}
