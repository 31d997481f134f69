using Gyrus.Models;

namespace Gyrus.Cli.Commands.Classify;

/// <summary>The model that is used where none is named: <c>models/default</c>.</summary>
internal static class DefaultModel
{
    private static readonly string Place = Path.Combine("models", "default");

    /// <summary>
    /// The package beside the program, where a build or an installed tool has it, else one at or above the current
    /// folder, where a clone has it.
    /// </summary>
    /// <exception cref="GyrusException">There is none.</exception>
    public static string Folder() => Find(AppContext.BaseDirectory, Directory.GetCurrentDirectory())
        ?? throw new GyrusException($"There is no model in {Place}, neither beside the program nor at or above the current "
            + "folder. Name a model package with --model; 'gyrus train' and 'gyrus export' make one.");

    /// <summary>Name and version of the default model, or a word on why there is none.</summary>
    public static string Describe()
    {
        try
        {
            var folder = Find(AppContext.BaseDirectory, Directory.GetCurrentDirectory());
            if (folder is null) return "no default model";
            var manifest = ModelPackage.Load(folder).Description;
            return $"{manifest.Name} {manifest.Version}";
        }
        catch (GyrusException e)
        {
            return e.Message;
        }
    }

    internal static string? Find(string program, string current)
    {
        var beside = Path.Combine(program, Place);
        if (HasModel(beside)) return beside;
        for (var folder = current; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            var path = Path.Combine(folder, Place);
            if (HasModel(path)) return path;
        }
        return null;
    }

    private static bool HasModel(string folder) => File.Exists(Path.Combine(folder, ModelPackage.DescriptionFile));
}
