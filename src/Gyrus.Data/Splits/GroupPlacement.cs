using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Gyrus.Data.Manifests;

namespace Gyrus.Data.Splits;

/// <summary>Deals groups out so that each place gets its share of every label.</summary>
internal static class GroupPlacement
{
    private const int Rounds = 20;

    /// <summary>
    /// Places whole groups, the largest first, each where it brings the labels, or other kinds of images, nearest to their shares; then moves groups
    /// for as long as that brings them nearer still. No place with a share stays empty while another has two groups, and
    /// none stays without a label while another can spare a group that has it.
    /// </summary>
    /// <param name="rows">The images.</param>
    /// <param name="groupOf">The group of an image.</param>
    /// <param name="kindOf">The kind of an image, such as its label: each is to have its share in each place.</param>
    /// <param name="shares">The share of each place, together 1.</param>
    /// <param name="seed">The same seed gives the same places, in whatever order the rows are.</param>
    /// <returns>The place of each group.</returns>
    public static Dictionary<string, int> Place(
        IReadOnlyList<ManifestRow> rows, Func<ManifestRow, string> groupOf, Func<ManifestRow, string> kindOf, double[] shares, int seed)
    {
        var labels = rows.Select(kindOf).Distinct().Order(StringComparer.Ordinal).ToList();
        var totals = labels.Select(label => (double)rows.Count(row => kindOf(row) == label)).ToArray();
        var groups = rows.GroupBy(groupOf)
            .Select(group => (
                group.Key,
                Size: group.Count(),
                Counts: labels.Select(label => (double)group.Count(row => kindOf(row) == label)).ToArray()))
            .OrderByDescending(group => group.Size).ThenBy(group => Draw(seed, group.Key), StringComparer.Ordinal).ToArray();

        var have = shares.Select(_ => new double[labels.Count]).ToArray();
        var places = new Dictionary<string, int>();
        var usable = Enumerable.Range(0, shares.Length).Where(place => shares[place] > 0).ToArray();
        foreach (var (key, _, counts) in groups) Put(key, counts);
        for (int round = 0, moved = 1; round < Rounds && moved > 0; round++)
        {
            moved = 0;
            foreach (var (key, _, counts) in groups)
            {
                int before = places[key];
                Take(before, counts);
                if (Put(key, counts) != before) moved++;
            }
        }
        // Labels of few images may all have found the same place best.
        foreach (int empty in usable.Except(places.Values).ToList())
        {
            var number = places.Values.CountBy(place => place).ToDictionary();
            var spare = groups.Where(group => number[places[group.Key]] > 1).ToList();
            if (spare.Count == 0) break;
            var (key, _, counts) = spare.MinBy(
                group => Cost(empty, group.Counts) + CostOfTaking(places[group.Key], group.Counts));
            Take(places[key], counts);
            Set(key, empty, counts);
        }
        // A label of few groups may be nearest to its shares with all of them in one place, where none could be tested.
        foreach (int label in Enumerable.Range(0, labels.Count).OrderBy(label => groups.Count(group => group.Counts[label] > 0)))
        {
            foreach (int without in usable.Where(place => have[place][label] == 0))
            {
                var spare = groups.Where(group => group.Counts[label] > 0 && Spares(group.Key, group.Counts)).ToList();
                if (spare.Count == 0) break;
                var (key, _, counts) = spare.MinBy(
                    group => Cost(without, group.Counts) + CostOfTaking(places[group.Key], group.Counts));
                Take(places[key], counts);
                Set(key, without, counts);
            }
        }
        return places;

        // Whether the group's place keeps each of its labels without it.
        bool Spares(string key, double[] counts) =>
            Enumerable.Range(0, counts.Length).All(label => counts[label] == 0 || have[places[key]][label] > counts[label]);

        int Put(string key, double[] counts) => Set(key, usable.MinBy(place => Cost(place, counts)), counts);

        int Set(string key, int place, double[] counts)
        {
            for (int label = 0; label < counts.Length; label++) have[place][label] += counts[label];
            return places[key] = place;
        }

        void Take(int place, double[] counts)
        {
            for (int label = 0; label < counts.Length; label++) have[place][label] -= counts[label];
        }

        double CostOfTaking(int place, double[] counts) => Cost(place, [.. counts.Select(count => -count)]);

        // How much the squared distance to the shares grows. A label with few images weighs as much as one with many.
        double Cost(int place, double[] counts)
        {
            double cost = 0;
            for (int label = 0; label < counts.Length; label++)
            {
                double before = have[place][label] - (shares[place] * totals[label]), after = before + counts[label];
                cost += ((after * after) - (before * before)) / (totals[label] * totals[label]);
            }
            return cost;
        }
    }

    /// <summary>Each group draws its own place in the order, so that one image more changes little.</summary>
    private static string Draw(int seed, string group) => Convert.ToHexString(
        SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{seed} {group}"))));
}
