using System.Text.Json.Serialization;

namespace Gyrus.Models.Trust;

/// <summary>When an image is refused because it is not like those that the network was trained on.</summary>
/// <param name="NoveltyLimit">The largest novelty that is accepted.</param>
/// <param name="Refused">The share of validation images that lie beyond it.</param>
/// <param name="FittedOn">Training images behind the measure of novelty.</param>
/// <param name="LimitFrom">Validation images behind the limit.</param>
/// <param name="Sources">The sources of these, each of which weighs the same; <paramref name="Refused"/> is then the mean of their shares. Null where all
/// images weigh the same.</param>
/// <param name="Kinds">The kinds of image that the network knows, some of which are refused; null where they were not looked at.</param>
public sealed record AbstentionSettings(
    double NoveltyLimit,
    double Refused,
    int FittedOn,
    int LimitFrom,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? Sources = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] KnownKinds? Kinds = null);
