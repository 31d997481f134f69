using FsCheck;
using FsCheck.Fluent;
using Gyrus.Data.Shortcuts;
using Xunit;

namespace Gyrus.Data.Tests.Shortcuts;

public sealed class GroupFoldsTests
{
    [Fact]
    public void Deal_splits_no_group() => Prop.ForAll(
        Gen.Choose(0, 12).Zip(Gen.Choose(0, 3)).ArrayOf().Where(pairs => pairs.Length > 0).ToArbitrary(),
        pairs =>
        {
            var folds = GroupFolds.Deal(
                [.. pairs.Select(pair => $"{pair.Item1}")], [.. pairs.Select(pair => (byte)pair.Item2)], 3, 5);
            return folds.All(fold => fold is >= 0 and < 3)
                && pairs.Zip(folds).GroupBy(pair => pair.First.Item1).All(
                    group => group.Select(pair => pair.Second).Distinct().Count() == 1);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Deal_gives_each_fold_each_answer_in_its_share()
    {
        var groups = Enumerable.Range(0, 300).Select(i => $"{i / 2}").ToList();
        byte[] answers = [.. groups.Select(group => (byte)(int.Parse(group, null) % 3))];

        var folds = GroupFolds.Deal(groups, answers, 5, 1);

        for (int fold = 0; fold < 5; fold++)
        {
            for (byte answer = 0; answer < 3; answer++)
            {
                int count = Enumerable.Range(0, 300).Count(i => folds[i] == fold && answers[i] == answer);
                Assert.Equal(20, count);
            }
        }
    }
}
