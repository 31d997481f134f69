using System.Text.Json;
using Gyrus.Data.Manifests;
using Gyrus.Learning.Runs;
using Gyrus.Learning.Weights;

namespace Gyrus.Cluster.Training;

/// <summary>What is to be trained on what, as a folder that goes to the nodes: the manifest with its labels, the recipe, and which weights the backbone begins with. Its images, masks, and a run or a model that it
/// builds on are named by their paths.</summary>
public static class PlanPackage
{
    private const string ManifestFile = "dataset.csv", PlaceFile = "place.json";

    /// <summary>Writes a plan.</summary>
    /// <param name="folder">Takes it.</param>
    /// <param name="plan">The plan, of a manifest that lies in a file.</param>
    /// <param name="weights">The package of the backbone's weights; null where they come with the program, or are drawn.</param>
    public static void Write(string folder, RunPlan plan, string? weights)
    {
        ArgumentNullException.ThrowIfNull(plan);
        Directory.CreateDirectory(folder);
        var path = Path.GetFullPath(plan.ManifestPath);
        var copy = Path.Combine(folder, ManifestFile);
        File.Copy(path, copy);
        if (File.Exists(Manifest.LabelsPath(path))) File.Copy(Manifest.LabelsPath(path), Manifest.LabelsPath(copy));
        RecipeFile.Write(Path.Combine(folder, RecipeFile.FileName), TrainingRecipe.Of(plan));
        AtomicFile.WriteText(Path.Combine(folder, PlaceFile), JsonSerializer.Serialize(new Place(path, weights)));
    }

    /// <summary>Opens a plan.</summary>
    /// <param name="folder">What <see cref="Write"/> wrote.</param>
    /// <param name="fetch">Gets the package of weights, given its hash, and says its folder.</param>
    /// <exception cref="GyrusException">What the plan builds on is not here, or is another.</exception>
    public static async Task<RunPlan> Open(string folder, Func<string, Task<string>> fetch)
    {
        ArgumentNullException.ThrowIfNull(fetch);
        var place = JsonSerializer.Deserialize<Place>(await File.ReadAllBytesAsync(Path.Combine(folder, PlaceFile)))!;
        var store = new WeightStore(place.Weights is { } weights ? await fetch(weights) : folder);
        var manifest = Manifest.Load(Path.Combine(folder, ManifestFile)) with { Folder = Path.GetDirectoryName(place.Manifest)! };
        return RunPlan.Of(RecipeFile.Read(Path.Combine(folder, RecipeFile.FileName)), manifest, place.Manifest, store);
    }

    private sealed record Place(string Manifest, string? Weights);
}
