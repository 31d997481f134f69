using System.Globalization;
using Gyrus.Testing;
using Xunit;

namespace Gyrus.Cli.Tests.EndToEnd;

/// <summary>A small part of the published data set, with the user's ResNet50 weights; a skip where either is not there.</summary>
internal static class RealScans
{
    /// <summary>Writes a list of scans of every label, some for each part.</summary>
    /// <param name="folder">Takes <c>list.csv</c>.</param>
    /// <param name="perLabel">Scans of each label: three fifths for training, the rest for validation and test.</param>
    public static string WriteList(TempFolder folder, int perLabel)
    {
        var scans = TestFiles.Scans();
        Assert.SkipUnless(
            File.Exists(Path.Combine(UserCache.Folder("weights"), "resnet50.safetensors")),
            "needs ResNet50's weights in the user's cache: gyrus weights add PATH");
        string[] parts = ["train", "train", "train", "val", "test"];
        var rows = File.ReadLines(Path.Combine(scans, "published-split.csv")).Skip(1)
            .Select(line => line.Split(','))
            .GroupBy(fields => fields[1])
            .SelectMany(label => label.Take(perLabel).Select((fields, i) => string.Create(
                CultureInfo.InvariantCulture, $"\"{Path.Combine(scans, fields[0])}\",{fields[1]},{parts[i % parts.Length]}")));
        File.WriteAllText(folder.File("list.csv"), "path,label,split\n" + string.Join('\n', rows));
        return folder.File("list.csv");
    }
}
