using System.Globalization;
using System.Text.Json;
using Gyrus.Cli.Terminal;
using Gyrus.Learning.Weights;

namespace Gyrus.Cli.Commands.Learning.Weights;

/// <summary>How weights are shown.</summary>
internal static class WeightsText
{
    public static string Of(WeightsEntry entry, OutputFormat format) => format == OutputFormat.Json
        ? JsonSerializer.Serialize(new
        {
            backbone = entry.Backbone,
            path = entry.Path,
            bytes = entry.Bytes,
            batchNormEpsilon = entry.BatchNormEpsilon,
            source = entry.Source,
            licence = entry.Licence,
            sha256 = entry.Hash,
        })
        : string.Create(
            CultureInfo.InvariantCulture,
            $"""
            {entry.Backbone}: {entry.Path}
              {entry.Bytes / 1e6:F1} MB, batch-norm epsilon {entry.BatchNormEpsilon:g}, sha256 {entry.Hash[..12]}
              source: {entry.Source}
              licence: {entry.Licence}
            """);
}
