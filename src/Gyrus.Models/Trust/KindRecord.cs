using System.Globalization;

namespace Gyrus.Models.Trust;

/// <summary>What a model made of validation images of one kind, from its own threshold on.</summary>
/// <param name="Tumours">Images with a tumour.</param>
/// <param name="Seen">Those of them that it called a tumour.</param>
/// <param name="Healthy">Images without one.</param>
/// <param name="Alarms">Those of them that it called a tumour.</param>
public sealed record KindRecord(int Tumours, int Seen, int Healthy, int Alarms)
{
    /// <summary>Images below which nothing is said.</summary>
    private const int Fewest = 10;

    /// <summary>The record in words, as the middle of a sentence; null where there are too few images with a tumour and too few without.</summary>
    public string? Said
    {
        get
        {
            string? seen = Tumours < Fewest ? null : string.Create(CultureInfo.InvariantCulture, $"it saw the tumour in {Seen} of {Tumours}");
            string? alarms = Healthy < Fewest ? null : string.Create(CultureInfo.InvariantCulture, $"{Alarms} of {Healthy} without one were called a tumour");
            return (seen, alarms) switch
            {
                (null, null) => null,
                ({ } one, null) => one,
                (null, { } other) => other,
                var (one, other) => $"{one}, and {other}",
            };
        }
    }
}
