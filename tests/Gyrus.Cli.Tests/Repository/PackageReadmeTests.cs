using System.Text.RegularExpressions;
using System.Xml.Linq;
using Gyrus.Testing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace Gyrus.Cli.Tests.Repository;

/// <summary>What the packages of the libraries tell those who use them.</summary>
public sealed partial class PackageReadmeTests
{
    private const string ImplicitUsings =
        "global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq; global using System.Threading;";

    public static TheoryData<string> Packages => new(Directory.GetFiles(Path.Combine(TestFiles.Root, "src"), "PublicAPI.Shipped.txt", SearchOption.AllDirectories)
        .Select(file => Path.GetFileName(Path.GetDirectoryName(file)!)));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Packages))]
    public void The_program_of_a_packages_page_compiles(string package)
    {
        var language = new CSharpParseOptions(LanguageVersion.Preview);
        var program = Code().Match(Page(package)).Groups[1].Value;
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(file => MetadataReference.CreateFromFile(file));

        SyntaxTree[] sources = [.. ((string[])[ImplicitUsings, program]).Select(text => CSharpSyntaxTree.ParseText(text, language, cancellationToken: Cancel))];
        var compilation = CSharpCompilation.Create("page", sources, references, new(OutputKind.ConsoleApplication));

        Assert.NotEmpty(program);
        Assert.Empty(compilation.GetDiagnostics(Cancel).Where(one => one.Severity == DiagnosticSeverity.Error).Select(one => one.ToString()));
    }

    [Fact]
    public void The_libtorch_that_is_told_is_the_one_that_is_used()
    {
        var version = XDocument.Load(Path.Combine(TestFiles.Root, "Directory.Packages.props")).Descendants("LibtorchVersion").Single().Value;

        Assert.Contains($"libtorch-cpu-linux-x64 --version {version}", Page("Gyrus.Learning"), StringComparison.Ordinal);
        Assert.Contains(
            $"libtorch-cpu-linux-x64 --version {version} ", File.ReadAllText(Path.Combine(TestFiles.Root, "src", "Gyrus.Learning", "Gyrus.Learning.targets")),
            StringComparison.Ordinal);
    }

    private static string Page(string package) => File.ReadAllText(Path.Combine(TestFiles.Root, "src", package, "README.md"));

    [GeneratedRegex("```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Code();
}
