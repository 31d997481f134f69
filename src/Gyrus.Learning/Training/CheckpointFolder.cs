using System.Globalization;
using System.Text.Json;
using Gyrus.Learning.Networks;
using Gyrus.Learning.Tensors;
using static TorchSharp.torch;

namespace Gyrus.Learning.Training;

/// <summary>
/// The checkpoints of a run, as safetensors files: <c>last</c> holds weights, Adam's moments, progress and the recipe,
/// all that is needed to go on to the same result; <c>best</c> holds the best epoch's weights.
/// </summary>
/// <remarks>
/// No random state is kept because there is none: every step's seed follows from the run's seed and the position.
/// </remarks>
/// <param name="folder">The run's folder.</param>
/// <param name="recipe">The whole configuration as text; a checkpoint of another recipe is refused.</param>
/// <param name="saveEvery">Time between two saves of the last state within an epoch; 30 s unless given.</param>
public sealed class CheckpointFolder(string folder, string recipe, TimeSpan? saveEvery = null)
{
    private const string LastFile = "last.safetensors";

    /// <summary>Time between two saves of the last state within an epoch.</summary>
    public TimeSpan SaveEvery { get; } = saveEvery ?? TimeSpan.FromSeconds(30);

    private string LastPath => Path.Combine(folder, LastFile);

    private string BestPath => Path.Combine(folder, "best.safetensors");

    /// <summary>Whether there is a state to go on from.</summary>
    public bool HasState => File.Exists(LastPath);

    /// <summary>Removes the state to go on from, which is most of a run's size and which a run that was trained to its end needs no more.</summary>
    /// <param name="folder">The run's folder.</param>
    public static void DropState(string folder) => File.Delete(Path.Combine(folder, LastFile));

    /// <summary>Reads the weights of the best epoch.</summary>
    /// <exception cref="GyrusException">There are none, or the file is damaged.</exception>
    public TensorTable ReadBest()
    {
        if (!File.Exists(BestPath)) throw new GyrusException($"{BestPath}: not there. Train the run to the end first.");
        return SafeTensors.Read(BestPath).Tensors;
    }

    internal void WriteBest(TensorTable weights) =>
        SafeTensors.Write(BestPath, weights.Tensors, new Dictionary<string, string> { ["recipe"] = recipe });

    internal void WriteLast(TorchNetwork network, Adam adam, WeightAverage? average, TrainingState state)
    {
        var weights = network.Graph.Variables
            .Select(variable => TorchLayout.ToKeras(variable.Name, network.Variable(variable.Name)));
        SafeTensors.Write(LastPath, [.. weights, .. adam.Moments(), .. average?.Tensors() ?? []], new Dictionary<string, string>
        {
            ["recipe"] = recipe,
            ["state"] = JsonSerializer.Serialize(state, RunJson.Options),
            ["steps"] = adam.Steps.ToString(CultureInfo.InvariantCulture),
        });
    }

    /// <summary>Takes up the last checkpoint, where there is one.</summary>
    internal TrainingState? ReadLast(TorchNetwork network, Adam adam, WeightAverage? average)
    {
        if (!File.Exists(LastPath)) return null;
        var (tensors, metadata) = SafeTensors.Read(LastPath);
        if (metadata.GetValueOrDefault("recipe") != recipe)
        {
            throw new GyrusException(
                $"{LastPath}: this run was started with another recipe or other data. Resume it with the options that "
                + "it was started with, or train into another folder.");
        }
        using var noGradient = no_grad();
        foreach (var variable in network.Graph.Variables)
        {
            using var value = TorchLayout.ToTorch(tensors[variable.Name]);
            network.Variable(variable.Name).copy_(value);
        }
        average?.Restore(tensors);
        adam.Restore(tensors, long.Parse(metadata["steps"], CultureInfo.InvariantCulture));
        return JsonSerializer.Deserialize<TrainingState>(metadata["state"], RunJson.Options);
    }
}
