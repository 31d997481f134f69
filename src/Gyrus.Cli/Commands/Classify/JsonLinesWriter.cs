using Gyrus.Inference;

namespace Gyrus.Cli.Commands.Classify;

/// <summary>One JSON object a line (<see cref="AnswerJson.Line"/>).</summary>
/// <param name="output">Takes the lines.</param>
/// <param name="recipe">What made the answers (<see cref="AnswerRecipe"/>), for each line; null where it need not be told
/// apart.</param>
internal sealed class JsonLinesWriter(Stream output, string? recipe = null) : ResultWriter(output)
{
    public override void Write(ScanResult result) => WriteText(AnswerJson.Line(result, recipe) + "\n");
}
