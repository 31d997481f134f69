using System.Text.Json;
using System.Text.Json.Serialization;
using Gyrus.Imaging.Labels;
using Gyrus.Imaging.Tensors;

namespace Gyrus.Models;

/// <summary>How <c>model.json</c> is written: camel case, indented, every member required on reading.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    WriteIndented = true,
    IgnoreReadOnlyProperties = true,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    AllowDuplicateProperties = false,
    Converters =
    [
        typeof(EnumName<ResampleKernel>), typeof(EnumName<Normalisation>), typeof(EnumName<Framing>), typeof(EnumName<Precision>),
        typeof(EnumName<Modality>),
    ])]
[JsonSerializable(typeof(ModelDescription))]
internal sealed partial class DescriptionJson : JsonSerializerContext;

/// <summary>Writes an enumeration's value as its name in camel case, and reads no numbers.</summary>
internal sealed class EnumName<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.CamelCase, allowIntegerValues: false)
    where T : struct, Enum;
