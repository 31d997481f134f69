namespace Gyrus.Models.Trust;

/// <summary>When an image is refused because it is not like those that the network was trained on.</summary>
/// <param name="NoveltyLimit">The largest novelty that is accepted.</param>
/// <param name="Refused">The share of validation images that lie beyond it.</param>
/// <param name="FittedOn">Training images behind the measure of novelty.</param>
/// <param name="LimitFrom">Validation images behind the limit.</param>
public sealed record AbstentionSettings(double NoveltyLimit, double Refused, int FittedOn, int LimitFrom);
