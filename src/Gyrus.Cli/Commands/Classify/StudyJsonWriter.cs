using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Gyrus.Inference;
using Gyrus.Inference.Studies;

namespace Gyrus.Cli.Commands.Classify;

/// <summary>One JSON object a line, of a study or of a series: the fields of <see cref="StudyJson"/>.</summary>
/// <param name="output">Takes the lines.</param>
/// <param name="level">What a line is of.</param>
/// <param name="recipe">What made the answers (<see cref="AnswerRecipe"/>), for each line; null where it need not be told apart.</param>
internal sealed class StudyJsonWriter(Stream output, AnswerLevel level, string? recipe = null) : StudyWriter(output)
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public override void Write(StudyAnswer study)
    {
        if (level == AnswerLevel.Study) Line(json => StudyJson.WriteFields(json, study));
        else
        {
            foreach (var series in study.Series) Line(json => StudyJson.WriteFields(json, series));
        }
    }

    private void Line(Action<Utf8JsonWriter> write)
    {
        var line = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(line, Options))
        {
            json.WriteStartObject();
            write(json);
            if (recipe is not null) json.WriteString(AnswerJson.RecipeField, recipe);
            json.WriteEndObject();
        }
        WriteText(Encoding.UTF8.GetString(line.WrittenSpan) + "\n");
    }
}
