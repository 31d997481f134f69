using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Gyrus.Inference;

namespace Gyrus.Cli.Commands.Classify;

/// <summary>One JSON object a line: <c>path</c>, the fields of <see cref="AnswerJson"/> and, where one was asked for,
/// <c>heatmap</c> and, if it is of a label, <c>heatmapLabel</c>.</summary>
/// <param name="output">Takes the lines.</param>
/// <param name="recipe">What made the answers (<see cref="AnswerRecipe"/>), for each line; null where it need not be told
/// apart.</param>
internal sealed class JsonLinesWriter(Stream output, string? recipe = null) : ResultWriter(output)
{
    // The output goes to programs and files, not into web pages: names of files stay readable.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public override void Write(ScanResult result)
    {
        var line = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(line, Options))
        {
            json.WriteStartObject();
            json.WriteString("path", result.Path);
            AnswerJson.WriteFields(json, result);
            if (result.HeatMap is not null) json.WriteString("heatmap", result.HeatMap);
            if (result.HeatMapLabel is { } of) json.WriteString("heatmapLabel", of.Name);
            if (recipe is not null) json.WriteString(AnswerRecipe.Field, recipe);
            json.WriteEndObject();
        }
        WriteText(Encoding.UTF8.GetString(line.WrittenSpan) + "\n");
    }
}
