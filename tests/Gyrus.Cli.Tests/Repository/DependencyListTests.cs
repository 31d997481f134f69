using System.Xml.Linq;
using Gyrus.Testing;
using Xunit;

namespace Gyrus.Cli.Tests.Repository;

public sealed class DependencyListTests
{
    [Fact]
    public void Every_package_with_a_version_stands_in_the_list_of_dependencies()
    {
        var list = File.ReadAllText(Path.Combine(TestFiles.Root, "docs", "dependencies.md"));
        var words = list.Split([' ', ',', '\n', '|', '(', ')'], StringSplitOptions.RemoveEmptyEntries)
            .Select(word => word.TrimEnd('.', ':', ';')).ToHashSet(StringComparer.Ordinal);
        Assert.Empty(Packages().Except(words, StringComparer.Ordinal));
    }

    [Fact]
    public void Every_package_in_the_list_of_dependencies_has_a_version()
    {
        var rows = File.ReadLines(Path.Combine(TestFiles.Root, "docs", "dependencies.md"))
            .Where(line => line.StartsWith("| ", StringComparison.Ordinal)).Skip(2);
        var listed = rows.SelectMany(row => row.Split('|')[1].Split(',')).Select(name => name.Trim().Split(' ')[0]);
        Assert.Empty(listed.Except(Packages(), StringComparer.Ordinal));
    }

    private static HashSet<string> Packages() =>
        XDocument.Load(Path.Combine(TestFiles.Root, "Directory.Packages.props"))
            .Descendants("PackageVersion").Select(package => (string)package.Attribute("Include")!)
            .ToHashSet(StringComparer.Ordinal);
}
