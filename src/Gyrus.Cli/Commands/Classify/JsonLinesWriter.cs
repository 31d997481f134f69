using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Gyrus.Inference;

namespace Gyrus.Cli.Commands.Classify;

/// <summary>One JSON object a line: <c>path</c>, the fields of <see cref="AnswerJson"/> and, where one was asked for,
/// <c>heatmap</c>.</summary>
internal sealed class JsonLinesWriter(Stream output) : ResultWriter(output)
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
            json.WriteEndObject();
        }
        WriteText(Encoding.UTF8.GetString(line.WrittenSpan) + "\n");
    }
}
