using System.Runtime.InteropServices;
using System.Text.Json;
using Gyrus.Testing;

namespace Gyrus.Dicom.Tests.Peers;

/// <summary>What Debian's pydicom, gdcm and nibabel read of a file.</summary>
/// <param name="Values">The values, frame by frame; null where they refuse it.</param>
/// <param name="Facts">Tags, or where the volume lies.</param>
/// <param name="Error">Why they refuse it; null where they read it.</param>
internal sealed record PeerValues(double[]? Values, JsonElement Facts, string? Error)
{
    /// <summary>Asks them, or skips the calling test where they are not installed.</summary>
    /// <param name="folder">The folder of the files.</param>
    /// <param name="files">Their names in it.</param>
    public static IReadOnlyDictionary<string, PeerValues> Of(string folder, IReadOnlyList<string> files)
    {
        var python = PeerProgram.Python("pydicom, gdcm, nibabel");
        using var values = new TempFolder();
        var script = Path.Combine(TestFiles.Root, "tests", "Gyrus.Dicom.Tests", "Peers", "peers.py");
        var lines = PeerProgram.Run(python, [script, folder, values.Path, .. files]).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return lines.Select(line => JsonDocument.Parse(line).RootElement).ToDictionary(
            line => line.GetProperty("file").GetString()!,
            line => line.TryGetProperty("error", out var error) ? new PeerValues(null, default, error.GetString())
                : new PeerValues(MemoryMarshal.Cast<byte, double>(File.ReadAllBytes(line.GetProperty("values").GetString()!)).ToArray(), line.GetProperty("facts"), null));
    }
}
