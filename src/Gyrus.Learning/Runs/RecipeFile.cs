using System.Text.Json;
using System.Text.Json.Nodes;
using Gyrus.Learning.Backbones;
using Gyrus.Learning.Networks;
using Gyrus.Learning.Training;

namespace Gyrus.Learning.Runs;

/// <summary>Writes and reads recipes, which every run leaves in its folder, to be repeated or changed in one place.</summary>
public static class RecipeFile
{
    /// <summary>The file's name in a run's folder.</summary>
    public const string FileName = "recipe.json";

    private const string Remedy = "Mend it, or take the recipe of a run.";

    /// <summary>Writes a recipe.</summary>
    /// <param name="path">The file.</param>
    /// <param name="recipe">What was chosen.</param>
    public static void Write(string path, TrainingRecipe recipe) =>
        AtomicFile.WriteText(path, JsonSerializer.Serialize(recipe, RecipeMembers.Options) + "\n");

    /// <summary>Reads a recipe. Every member must be there and none else; comments are passed over.</summary>
    /// <param name="path">The file. The run to start from and the model to learn from may be named as seen from its folder.</param>
    /// <exception cref="GyrusException">It is not there or no JSON, or a member is missing, unknown or out of its range; the message names
    /// the member.</exception>
    public static TrainingRecipe Read(string path)
    {
        if (!File.Exists(path)) throw new GyrusException($"{path}: there is no such file. Name the {FileName} of a run.");
        try
        {
            var json = JsonNode.Parse(File.ReadAllBytes(path), nodeOptions: null, RecipeMembers.Reading);
            if (json is not JsonObject members) throw new GyrusException($"{path}: this is no recipe, which is an object in JSON. {Remedy}");
            RequireVersion(path, members);
            RecipeMembers.RequireAll(path, members, Remedy);
            TrainingRecipe recipe;
            try
            {
                recipe = json.Deserialize<TrainingRecipe>(RecipeMembers.Options)!;
            }
            catch (JsonException e)
            {
                throw new GyrusException($"{path}: {RecipeMembers.Fault(json, e.Path ?? "$")} {Remedy}", e);
            }
            Check(path, recipe);
            string From(string folder) => Path.GetFullPath(folder, Path.GetDirectoryName(Path.GetFullPath(path))!);
            return recipe with
            {
                Start = recipe.Start is { } start ? start with { Run = From(start.Run) } : null,
                Distil = recipe.Distil is { } distil ? distil with { Model = From(distil.Model) } : null,
            };
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new GyrusException($"{path}: this cannot be read as a recipe ({e.Message}). {Remedy}", e);
        }
    }

    private static void RequireVersion(string path, JsonObject members)
    {
        const int known = TrainingRecipe.CurrentFormatVersion;
        if (members["formatVersion"] is not JsonValue value || !value.TryGetValue(out int version)) return;
        if (version > known)
            throw new GyrusException($"{path}: formatVersion is {version}; this gyrus reads {known}. Use the gyrus that wrote it, or a newer one.");
        if (version < known) throw new GyrusException($"{path}: formatVersion is {version}; the first is {known}. {Remedy}");
    }

    private static void Check(string path, TrainingRecipe recipe)
    {
        var members = new MemberCheck(path, Remedy);
        if (recipe.WeightsHash is { } weights) members.Hash("weightsHash", weights);
        if (recipe.Start is { } start)
        {
            members.Named("start.run", start.Run);
            if (start.WeightsHash is { } hash) members.Hash("start.weightsHash", hash);
            members.Require(recipe.FineTune is not null, "fineTune", "null", "a run to start from is one that is fine-tuned further");
            members.Require(recipe.FineTune is not { FromScratch: true }, "fineTune.fromScratch", "true", "a run begins with another run's weights or from scratch");
        }
        if (recipe.Distil is { } distil)
        {
            members.Named("distil.model", distil.Model);
            if (distil.NetworkHash is { } hash) members.Hash("distil.networkHash", hash);
            members.Require(recipe.FineTune is not null, "fineTune", "null", "a network that learns from a model is one that is fine-tuned");
            Hold(path, "distil", new DistilOptions("", distil.Share, distil.Temperature).Validate);
        }
        Hold(path, "backbone", () => Backbone.Named(recipe.Backbone));
        Hold(path, "preprocessing.size", () => Backbone.Named(recipe.Backbone).Preprocessing(size: recipe.Preprocessing.Size));
        Hold(path, "head", recipe.Head.Validate);
        Hold(path, "training", recipe.Training.Validate);
        Hold(path, "fineTune", () => recipe.FineTune?.Validate());
        Hold(path, "device", new ComputeOptions(recipe.Device).Validate);
    }

    private static void Hold(string path, string member, Action check)
    {
        try
        {
            check();
        }
        catch (GyrusException e)
        {
            throw new GyrusException($"{path}: {member} cannot be so. {e.Message} {Remedy}", e);
        }
    }
}
