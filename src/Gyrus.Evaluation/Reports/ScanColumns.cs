using Gyrus.Data.Manifests;
using Gyrus.Evaluation.Figures;
using Gyrus.Evaluation.Scans;
using Gyrus.Imaging.Decoding;

namespace Gyrus.Evaluation.Reports;

/// <summary>The columns of a manifest by whose values an evaluation can be taken apart.</summary>
public static class ScanColumns
{
    private const string Modality = "modality";
    private const string Mode = "mode";
    private const string Format = "format";
    private const char Together = '+';

    /// <summary>Those of every manifest: <c>modality</c> (<c>ct</c> or <c>mri</c>, by the label), <c>mode</c> and
    /// <c>format</c> (of the file's content, whatever its name says, as <see cref="Scan.Format"/>
    /// has it).</summary>
    public static IReadOnlyList<string> BuiltIn { get; } = [Modality, Mode, Format];

    /// <summary>Checks that a manifest has columns.</summary>
    /// <exception cref="GyrusException">It lacks one; the message names those that it has.</exception>
    public static void Require(Manifest manifest, IReadOnlyList<string> columns)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        string[] known = [.. BuiltIn, .. manifest.MoreColumns];
        if (columns.SelectMany(column => Parts(manifest, column)).FirstOrDefault(column => !known.Contains(column)) is not { } unknown) return;
        throw new GyrusException(
            $"The manifest has no column '{unknown}'. Name one of {string.Join(", ", known)}.");
    }

    /// <summary>The figures apart for each value of each column; null without columns.</summary>
    /// <param name="manifest">The data set.</param>
    /// <param name="columns">Columns, as for <see cref="Values"/>; one that is named twice counts once.</param>
    /// <param name="scans">Scans of the data set, by their paths, at least one.</param>
    /// <param name="options">As of the evaluation.</param>
    /// <exception cref="GyrusException">The manifest lacks a column; the message names those that it has.</exception>
    public static IReadOnlyList<ColumnFigures>? Figures(
        Manifest manifest, IReadOnlyList<string> columns, IReadOnlyList<ScoredScan> scans, EvaluationOptions options)
    {
        ArgumentNullException.ThrowIfNull(columns);
        return columns.Count == 0 ? null
            : [.. columns.Distinct().Select(column =>
                ColumnFigures.Of(column, scans, Values(manifest, column, scans), options))];
    }

    /// <summary>The value of each scan, empty where it has none.</summary>
    /// <param name="manifest">The data set.</param>
    /// <param name="column">One of <see cref="BuiltIn"/> or of <see cref="Manifest.MoreColumns"/>, a built-in one where both have the name; or several
    /// with + between them, for each combination of their values.</param>
    /// <param name="scans">Scans of the data set, by their paths.</param>
    /// <exception cref="GyrusException">The manifest has no such column; the message names those that it has.</exception>
    public static IReadOnlyList<string> Values(Manifest manifest, string column, IReadOnlyList<ScoredScan> scans)
    {
        Require(manifest, [column]);
        ArgumentNullException.ThrowIfNull(scans);
        if (Parts(manifest, column) is { Length: > 1 } parts)
        {
            var each = parts.Select(part => Values(manifest, part, scans)).ToList();
            return [.. scans.Select((_, i) => string.Join(Together, each.Select(values => values[i].Length == 0 ? "(none)" : values[i])))];
        }
        int more = manifest.MoreColumns.ToList().IndexOf(column);
        var rows = manifest.Rows.ToDictionary(row => row.Path);
        return [.. scans.Select(scan => column switch
        {
            Modality => scan.Labels[scan.Truth].Modality?.ToString().ToLowerInvariant() ?? "",
            Mode => rows[scan.Path].Mode,
            Format => ImageFormats.OfFile(manifest.FullPath(rows[scan.Path]))?.Name ?? "",
            _ => rows[scan.Path].More[more],
        })];
    }

    private static string[] Parts(Manifest manifest, string column) => manifest.MoreColumns.Contains(column) ? [column] : column.Split(Together);
}
