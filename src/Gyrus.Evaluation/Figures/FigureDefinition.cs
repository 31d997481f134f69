namespace Gyrus.Evaluation.Figures;

/// <summary>What a figure is called, wherever it is written: one entry of a list, so that JSON, tables, cards and pages have it alike.</summary>
/// <param name="Name">Its name in JSON, in camel case; unique in its list.</param>
/// <param name="Title">Its name in tables.</param>
public abstract record FigureDefinition(string Name, string Title)
{
    /// <summary>The largest value that it can have, 1 unless given; the smallest is 0.</summary>
    public double Most { get; init; } = 1;

    /// <summary>Its name on a model card; null, the default, where it is not on one.</summary>
    public string? CardName { get; init; }

    /// <summary>Its name in JSON where an evaluation is taken apart by a column; null, the default, where it is left out there.</summary>
    public string? ColumnName { get; init; }

    /// <summary>Its title in the table of a column; <see cref="Title"/> unless given.</summary>
    public string ColumnTitle { get; init; } = Title;

    /// <summary>What it is measured at, such as the specificity of a sensitivity; null, the default, where there is nothing to say.</summary>
    public Func<EvaluationSettings, double>? At { get; init; }

    /// <summary>The title with what it is measured at.</summary>
    /// <param name="settings">How the figures were made.</param>
    public string TitleWith(EvaluationSettings settings) => At is null ? Title : FormattableString.Invariant($"{Title} {At(settings):0.####}");
}

/// <summary>A figure and how it is calculated.</summary>
/// <typeparam name="TScans">What it is measured on.</typeparam>
/// <param name="Name">Its name in JSON.</param>
/// <param name="Title">Its name in tables.</param>
/// <param name="Prepare">Does once what does not change between resamples, such as sorting by score, and gives the formula.</param>
public sealed record FigureDefinition<TScans>(string Name, string Title, Func<TScans, FigureFormula> Prepare) : FigureDefinition(Name, Title);

/// <summary>Calculates a figure over a resample; null where it is not defined on it.</summary>
/// <param name="resample">How often each scan counts.</param>
public delegate double? FigureFormula(Resample resample);

/// <summary>Scans drawn with replacement.</summary>
/// <param name="weights">[N]: how often each scan counts.</param>
/// <param name="confusion">[L, L]: its counts, row is truth, column is the most probable label.</param>
public readonly ref struct Resample(ReadOnlySpan<int> weights, int[,] confusion)
{
    /// <summary>[N]: how often each scan counts.</summary>
    public ReadOnlySpan<int> Weights { get; } = weights;

    /// <summary>[L, L]: counts, row is truth, column is the most probable label.</summary>
    public int[,] Confusion { get; } = confusion;

    /// <summary>The mean of a value over the scans that have one; null where none has.</summary>
    /// <param name="values">[N]; NaN where a scan has none.</param>
    public double? Mean(ReadOnlySpan<double> values)
    {
        double sum = 0;
        int all = 0;
        for (int i = 0; i < values.Length; i++)
        {
            if (double.IsNaN(values[i])) continue;
            sum += Weights[i] * values[i];
            all += Weights[i];
        }
        return all == 0 ? null : sum / all;
    }
}
