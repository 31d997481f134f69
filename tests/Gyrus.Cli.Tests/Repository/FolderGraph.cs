using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Xunit;

namespace Gyrus.Cli.Tests.Repository;

/// <summary>A place in the source that names a type, or a member of one, of another folder.</summary>
/// <param name="From">The folder that the place is in, below the project; empty for the project's own.</param>
/// <param name="To">The folder that the type is declared in.</param>
/// <param name="Place">The type that names, the type that is named, file and line.</param>
internal sealed record FolderReference(string From, string To, string Place);

/// <summary>Which folders of a project know which others. A folder is that of the file that declares a type, whatever its namespace;
/// what XML documentation names does not count.</summary>
internal static class FolderGraph
{
    // The language of the sources may be newer than the compiler's last finished one.
    private static readonly CSharpParseOptions Language = new(LanguageVersion.Preview);

    private const string ImplicitUsings =
        "global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq; "
        + "global using System.Net.Http; global using System.Threading; global using System.Threading.Tasks;";

    /// <summary>Reads the sources of a project.</summary>
    /// <param name="assembly">The project's assembly, whose internals others may have opened to it.</param>
    /// <param name="sources">Each file's path below the project, with <c>/</c>, and its text.</param>
    public static IReadOnlyList<FolderReference> Of(string assembly, IReadOnlyDictionary<string, string> sources)
    {
        var trees = sources.Append(new("", ImplicitUsings))
            .Select(source => CSharpSyntaxTree.ParseText(source.Value, Language, source.Key)).ToList();
        if (trees.SelectMany(tree => tree.GetDiagnostics()).FirstOrDefault(one => one.Severity == DiagnosticSeverity.Error) is { } error)
            throw new InvalidOperationException($"the compiler of this test cannot read the language of {error}");
        var compilation = CSharpCompilation.Create(
            assembly, trees, References(assembly), new(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true));
        return [.. trees.AsParallel().AsOrdered().SelectMany(tree => In(tree, compilation.GetSemanticModel(tree)).Distinct())];
    }

    /// <summary>The circles: sets of folders of which each knows each other, by way of others or at once.</summary>
    public static IReadOnlyList<IReadOnlyList<FolderReference>> Circles(IReadOnlyList<FolderReference> references)
    {
        var known = references.ToLookup(reference => reference.From, reference => reference.To);
        var reached = references.Select(reference => reference.From).Distinct().ToDictionary(from => from, from => Reached(from, known));
        bool InOne(string a, string b) => reached[a].Contains(b) && reached.TryGetValue(b, out var back) && back.Contains(a);
        return [.. references.Where(reference => InOne(reference.From, reference.To))
            .GroupBy(reference => reached[reference.From].Where(to => InOne(reference.From, to)).Min(StringComparer.Ordinal))
            .Select(circle => (IReadOnlyList<FolderReference>)[.. circle])];
    }

    /// <summary>A circle in words: which folder knows which, those first that do by the fewest places, which are the likeliest to be cut.</summary>
    public static string Describe(IReadOnlyList<FolderReference> circle)
    {
        const int shown = 5;
        var edges = circle.GroupBy(reference => (reference.From, reference.To)).OrderBy(edge => edge.Count())
            .ThenBy(edge => edge.Key.From, StringComparer.Ordinal).ThenBy(edge => edge.Key.To, StringComparer.Ordinal);
        return string.Join("\n", edges.Select(edge =>
            $"/{edge.Key.From} knows /{edge.Key.To} at {edge.Count()} places:\n    "
            + string.Join("\n    ", edge.Take(shown).Select(reference => reference.Place))));
    }

    private static HashSet<string> Reached(string from, ILookup<string, string> known)
    {
        var reached = new HashSet<string>(StringComparer.Ordinal);
        var left = new Stack<string>([from]);
        while (left.TryPop(out var folder))
        {
            foreach (var next in known[folder].Where(reached.Add)) left.Push(next);
        }
        return reached;
    }

    private static IEnumerable<MetadataReference> References(string assembly) =>
        ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(file => Path.GetFileNameWithoutExtension(file) != assembly)
            .Select(file => MetadataReference.CreateFromFile(file));

    private static IEnumerable<FolderReference> In(SyntaxTree tree, SemanticModel model)
    {
        var from = Folder(tree.FilePath);
        foreach (var node in tree.GetRoot(TestContext.Current.CancellationToken).DescendantNodes()
            .Where(node => node is SimpleNameSyntax or ImplicitObjectCreationExpressionSyntax))
        {
            if (model.GetSymbolInfo(node, TestContext.Current.CancellationToken).Symbol is not { } symbol) continue;
            var type = symbol as INamedTypeSymbol ?? symbol.ContainingType;
            if (type is null || symbol is ILocalSymbol or IParameterSymbol or IRangeVariableSymbol) continue;
            var folders = (symbol.DeclaringSyntaxReferences is { Length: > 0 } own ? own : type.DeclaringSyntaxReferences)
                .Select(declared => Folder(declared.SyntaxTree.FilePath)).ToList();
            if (folders.Count == 0 || folders.Contains(from)) continue;
            int line = node.GetLocation().GetLineSpan().StartLinePosition.Line + 1;
            yield return new FolderReference(from, folders[0], $"{Declaring(node)} -> {type.Name}, {tree.FilePath}:{line}");
        }
    }

    private static string Declaring(SyntaxNode node) =>
        node.Ancestors().OfType<BaseTypeDeclarationSyntax>().LastOrDefault()?.Identifier.Text ?? "(no type)";

    private static string Folder(string file) => file[..Math.Max(0, file.LastIndexOf('/'))];
}
