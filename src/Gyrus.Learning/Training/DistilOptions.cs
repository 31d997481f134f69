namespace Gyrus.Learning.Training;

/// <summary>How much a network learns of what another answers.</summary>
/// <param name="TeacherHash">SHA-256 of the teacher's <c>model.onnx</c>.</param>
/// <param name="Share">The weight of the teacher's answer beside 1 less of it for the true label, above 0 to 1.</param>
/// <param name="Temperature">What both networks' logits are divided by before they are compared, above 0: Hinton et al. 2015.</param>
public sealed record DistilOptions(string TeacherHash, double Share, double Temperature)
{
    /// <summary>The share unless another is given.</summary>
    public const double DefaultShare = 0.9;

    /// <summary>The temperature unless another is given.</summary>
    public const double DefaultTemperature = 2;

    /// <summary>Checks the ranges.</summary>
    /// <exception cref="GyrusException">One is out of range.</exception>
    public void Validate()
    {
        if (Share is not (> 0 and <= 1)) throw new GyrusException("The share of the teacher is above 0, to 1.");
        if (!(Temperature > 0 && double.IsFinite(Temperature))) throw new GyrusException("The temperature of distillation is above 0.");
    }
}
