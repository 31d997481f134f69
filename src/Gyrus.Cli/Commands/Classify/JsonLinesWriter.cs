using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Gyrus.Imaging;
using Gyrus.Inference;

namespace Gyrus.Cli.Commands.Classify;

/// <summary>One JSON object a line: <c>path</c>, <c>label</c>, <c>probabilities</c>, <c>tumour</c>, <c>modality</c>,
/// <c>threshold</c>, <c>verdict</c>, <c>type</c>, <c>set</c>, <c>accepted</c>, <c>reason</c> and, where one was asked for, <c>heatmap</c>; or
/// <c>path</c> and <c>error</c>. Programs depend on these names.</summary>
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
            if (result.Probabilities is { } probabilities)
            {
                json.WriteString("label", result.Label!.Name);
                json.WriteStartObject("probabilities");
                for (int i = 0; i < probabilities.Length; i++)
                {
                    json.WritePropertyName(ScanLabel.All[i].Name);
                    json.WriteRawValue(SixDecimals(probabilities[i]));
                }
                json.WriteEndObject();
                json.WritePropertyName("tumour");
                json.WriteRawValue(SixDecimals(result.Tumour!.Value));
                json.WriteString("modality", ModalityName(result));
                json.WritePropertyName("threshold");
                json.WriteRawValue(SixDecimals(result.Threshold!.Value));
                json.WriteString("verdict", Verdict(result));
                json.WriteString("type", result.Type?.Name);
                if (result.Set is { } set)
                {
                    json.WriteStartArray("set");
                    foreach (var label in set) json.WriteStringValue(label.Name);
                    json.WriteEndArray();
                }
                else
                {
                    json.WriteNull("set");
                }
                json.WriteBoolean("accepted", result.Accepted);
                json.WriteString("reason", result.Reason);
                if (result.HeatMap is not null) json.WriteString("heatmap", result.HeatMap);
            }
            else
            {
                json.WriteString("error", result.Error);
            }
            json.WriteEndObject();
        }
        WriteText(Encoding.UTF8.GetString(line.WrittenSpan) + "\n");
    }

    /// <summary>A probability as every format has it.</summary>
    public static string SixDecimals(double value) => value.ToString("0.000000", CultureInfo.InvariantCulture);

    /// <summary><c>tumour</c> or <c>healthy</c>.</summary>
    public static string Verdict(ScanResult result) => result.IsTumour == true ? "tumour" : "healthy";

    /// <summary><c>ct</c> or <c>mri</c>.</summary>
    public static string ModalityName(ScanResult result) => result.Modality == Modality.Ct ? "ct" : "mri";
}
