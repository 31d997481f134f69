using System.Runtime.InteropServices;
using System.Runtime.InteropServices.JavaScript;
using System.Text;
using System.Text.Json;
using Gyrus.Imaging.Decoding;
using Gyrus.Imaging.Grey;
using Gyrus.Inference;
using Gyrus.Inference.HeatMaps;
using Gyrus.Models;

namespace Gyrus.Browser;

/// <summary>What a page calls to classify scans without sending them: it decodes images and computes the network, and all between is done here by the service's own
/// code. Open, then for each scan: prepare, give each output, answer. Errors are thrown into the page with their words.</summary>
internal static partial class PageClassifier
{
    private static readonly Dictionary<string, float[]> Given = [];
    private static DetachedClassifier? _classifier;
    private static ModelDescription? _model;
    private static GreyPicture? _backdrop;
    private static Scan? _picture;

    /// <summary>The model.</summary>
    internal static ModelDescription Model => _model!;

    /// <summary>Takes the model.</summary>
    /// <param name="description">The text of <c>model.json</c>.</param>
    /// <param name="shapes">An object of the outputs that the page's runtime gives: by name, the sizes.</param>
    /// <param name="views">Mirror images that are looked at: 1, 2 or 4.</param>
    /// <returns>An object: <c>input</c>, the name of the network's input; <c>shape</c>, of the input; <c>outputs</c>, the names of the outputs that are to be given.</returns>
    [JSExport]
    internal static string Open(string description, string shapes, int views)
    {
        var model = _model = ModelPackage.ParseDescription("model.json", Encoding.UTF8.GetBytes(description));
        var sizes = JsonSerializer.Deserialize(shapes, PageJson.Default.DictionaryStringInt32Array)!;
        _classifier = new DetachedClassifier(model, sizes.ToDictionary(size => size.Key, size => (IReadOnlyList<int>)size.Value), views);
        return JsonSerializer.Serialize(new NetworkNames(model.Outputs.Input, _classifier.InputShape, _classifier.Outputs), PageJson.Default.NetworkNames);
    }

    /// <summary>Prepares an image that the browser has decoded.</summary>
    /// <param name="rgba">[height, width, 4].</param>
    /// <param name="width">Pixels across.</param>
    /// <param name="height">Pixels down.</param>
    /// <param name="heatMap">Whether a heat map is wanted.</param>
    /// <param name="label">The label that the heat map is of; null for the usual.</param>
    /// <returns>The network's input: float32, as this machine orders bytes.</returns>
    [JSExport]
    internal static byte[] PreparePixels(byte[] rgba, int width, int height, bool heatMap, string? label) => Prepare(Scan.OfRgba(width, height, "browser", rgba), heatMap, label);

    /// <summary>Prepares a file of a format that browsers do not read: DICOM.</summary>
    /// <param name="name">Its name, for errors.</param>
    /// <param name="bytes">The file.</param>
    /// <param name="heatMap">Whether a heat map is wanted.</param>
    /// <param name="label">The label that the heat map is of; null for the usual.</param>
    /// <returns>The network's input.</returns>
    [JSExport]
    internal static byte[] PrepareFile(string name, byte[] bytes, bool heatMap, string? label) => Prepare(ScanDecoder.Decode(name, bytes), heatMap, label);

    /// <summary>Takes an output that was computed of the input.</summary>
    /// <param name="output">Its name.</param>
    /// <param name="values">float32, as this machine orders bytes.</param>
    [JSExport]
    internal static void Give(string output, byte[] values) => Given[output] = MemoryMarshal.Cast<byte, float>(values).ToArray();

    /// <summary>Makes the answer.</summary>
    /// <param name="name">The file's name.</param>
    /// <returns>An object as the service gives of an image, but for <c>id</c> and <c>heatmap</c>; <c>heatmapScan</c> is there where <see cref="Picture"/> gives something.</returns>
    [JSExport]
    internal static string Answer(string name)
    {
        var result = Result(name);
        _picture = result.Evidence is { } evidence && _backdrop is not null ? HeatMapPicture.Paint(_backdrop, evidence.Map, evidence.Area) : null;
        using var text = new MemoryStream();
        using (var json = new Utf8JsonWriter(text))
        {
            json.WriteStartObject();
            json.WriteString("path", name);
            AnswerJson.WriteFields(json, result);
            if (_picture is { } picture)
            {
                json.WritePropertyName("heatmapSize");
                json.WriteRawValue($"[{picture.Width},{picture.Height}]");
                json.WritePropertyName("heatmapScan");
                json.WriteRawValue($"[{_backdrop!.Width},{_backdrop.Height}]");
                if (result.HeatMapLabel is { } of) json.WriteString("heatmapLabel", of.Name);
            }
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(text.ToArray());
    }

    /// <summary>The heat map of the last answer, as the service draws it.</summary>
    /// <returns>[height, width, 4], of the size <c>heatmapSize</c>.</returns>
    [JSExport]
    internal static byte[] Picture()
    {
        var rgb = _picture!.Rgb;
        var rgba = new byte[rgb.Length / 3 * 4];
        for (int from = 0, to = 0; from < rgb.Length; from += 3, to += 4)
            (rgba[to], rgba[to + 1], rgba[to + 2], rgba[to + 3]) = (rgb[from], rgb[from + 1], rgb[from + 2], byte.MaxValue);
        return rgba;
    }

    /// <summary>The answer that the given outputs make.</summary>
    internal static ScanResult Result(string name) => _classifier!.Answer(name, Given);

    /// <summary>Prepares a scan.</summary>
    internal static byte[] Prepare(Scan scan, bool heatMap, string? label)
    {
        Given.Clear();
        _backdrop = heatMap ? GreyPicture.Of(scan) : null;
        return MemoryMarshal.AsBytes(_classifier!.Prepare(scan, heatMap ? new HeatMapRequest(Label: label, IsDrawn: false) : null).Span).ToArray();
    }
}
