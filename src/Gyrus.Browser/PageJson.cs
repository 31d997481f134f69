using System.Text.Json;
using System.Text.Json.Serialization;

namespace Gyrus.Browser;

/// <summary>What the page has to know of the network.</summary>
/// <param name="Input">The name of its input.</param>
/// <param name="Shape">The input's sizes, [views, 3, size, size].</param>
/// <param name="Outputs">The names of the outputs that an answer needs.</param>
internal sealed record NetworkNames(string Input, IReadOnlyList<int> Shape, IReadOnlyList<string> Outputs);

/// <summary>What goes between the page and this program.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(NetworkNames))]
[JsonSerializable(typeof(Dictionary<string, int[]>))]
internal sealed partial class PageJson : JsonSerializerContext;
