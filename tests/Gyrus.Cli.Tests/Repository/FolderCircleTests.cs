using Gyrus.Testing;
using Xunit;

namespace Gyrus.Cli.Tests.Repository;

/// <summary>
/// A folder can be read, and moved, with those that it knows; in a circle none can without all.
/// </summary>
public sealed class FolderCircleTests
{
    public static TheoryData<string> Projects =>
        [.. Directory.GetDirectories(Path.Combine(TestFiles.Root, "src")).Select(folder => Path.GetFileName(folder)).Order(StringComparer.Ordinal)
            .Where(name => name.StartsWith("Gyrus.", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Projects))]
    public void The_folders_of_a_project_form_no_circle(string project)
    {
        var folder = Path.Combine(TestFiles.Root, "src", project);
        var sources = Directory.GetFiles(folder, "*.cs", SearchOption.AllDirectories).ToDictionary(
            file => Path.GetRelativePath(folder, file).Replace('\\', '/'), File.ReadAllText);
        var references = FolderGraph.Of(project == "Gyrus.Cli" ? "gyrus" : project, sources);

        int folders = sources.Keys.Select(file => Path.GetDirectoryName(file)).Distinct().Count();
        Assert.True(references.Count > 0 || folders == 1, $"nothing was seen of how the {folders} folders of {project} know one another");
        var circles = FolderGraph.Circles(references);
        Assert.True(circles.Count == 0, $"{project}:\n{string.Join("\n\n", circles.Select(FolderGraph.Describe))}");
    }

    [Fact]
    public void A_circle_is_found_in_one_namespace_by_files_and_by_a_constant_alone()
    {
        var circle = Assert.Single(FolderGraph.Circles(FolderGraph.Of("Made.Up", new Dictionary<string, string>
        {
            ["Keys/Key.cs"] = "namespace Made; class Key { public const string Header = \"k\"; object page = Page.Open(); }",
            ["Pages/Page.cs"] = "namespace Made; class Page { public static object Open() => Key.Header; Low low = new(1); }",
            ["Low.cs"] = "namespace Made; /// <summary><see cref=\"Key\"/></summary>\nrecord Low(int Number);",
        })));

        Assert.Equal(["Key -> Page, Keys/Key.cs:1", "Page -> Key, Pages/Page.cs:1"], circle.Select(one => one.Place).Distinct());
    }

    [Fact]
    public void A_circle_goes_by_way_of_other_folders_and_each_is_told_apart()
    {
        var circles = FolderGraph.Circles(FolderGraph.Of("Made.Up", new Dictionary<string, string>
        {
            ["A/One.cs"] = "class One { Two two; }",
            ["B/Two.cs"] = "class Two { Three three; }",
            ["C/Three.cs"] = "static class Three { public static void Do(this One one) {} }",
            ["D/Four.cs"] = "class Four { void Go(One one) => one.Do(); Five five; }",
            ["D/E/Five.cs"] = "class Five { Four four; }",
        }));

        Assert.Equal(["A B C", "D D/E"], circles.Select(circle =>
            string.Join(' ', circle.Select(one => one.From).Distinct().Order(StringComparer.Ordinal))).Order(StringComparer.Ordinal));
        Assert.Contains("/B knows /C at 1 places:\n    Two -> Three, B/Two.cs:1", circles.Select(FolderGraph.Describe).Single(text =>
            text.Contains("/A", StringComparison.Ordinal)), StringComparison.Ordinal);
    }
}
