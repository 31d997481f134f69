using Gyrus.Inference.Studies;

namespace Gyrus.Cli.Commands.Classify;

/// <summary>One JSON object a line, of a study or of a series: the fields of <see cref="StudyJson"/>.</summary>
/// <param name="output">Takes the lines.</param>
/// <param name="level">What a line is of.</param>
/// <param name="recipe">What made the answers (<see cref="AnswerRecipe"/>), for each line; null where it need not be told apart.</param>
internal sealed class StudyJsonWriter(Stream output, AnswerLevel level, string? recipe = null) : StudyWriter(output)
{
    public override void Write(StudyAnswer study) => WriteText(StudyJson.Lines(study, level, recipe));
}
