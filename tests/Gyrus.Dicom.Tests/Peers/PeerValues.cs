using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json;
using Gyrus.Testing;
using Xunit;

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
        // Debian's own Python has Debian's packages; the first on the path may be another.
        var python = Array.Find(["/usr/bin/python3", "python3"], Has);
        Assert.SkipWhen(python is null, "needs Debian's python3-pydicom, python3-gdcm and python3-nibabel, which are not installed");
        using var values = new TempFolder();
        var script = Path.Combine(TestFiles.Root, "tests", "Gyrus.Dicom.Tests", "Peers", "peers.py");
        var lines = Run(python!, [script, folder, values.Path, .. files]).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return lines.Select(line => JsonDocument.Parse(line).RootElement).ToDictionary(
            line => line.GetProperty("file").GetString()!,
            line => line.TryGetProperty("error", out var error) ? new PeerValues(null, default, error.GetString())
                : new PeerValues(MemoryMarshal.Cast<byte, double>(File.ReadAllBytes(line.GetProperty("values").GetString()!)).ToArray(), line.GetProperty("facts"), null));
    }

    private static bool Has(string python)
    {
        try
        {
            return Run(python, ["-c", "import pydicom, gdcm, nibabel; print('all')"]).StartsWith("all", StringComparison.Ordinal);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    private static string Run(string program, IEnumerable<string> arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return output;
    }
}
