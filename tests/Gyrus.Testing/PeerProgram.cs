using System.Diagnostics;
using Xunit;

namespace Gyrus.Testing;

/// <summary>Programs of others that tests ask, where they are installed.</summary>
public static class PeerProgram
{
    /// <summary>A Python that has modules, or a skip of the calling test. Debian's own has Debian's packages; the first on the path may be another.</summary>
    public static string Python(string modules)
    {
        var python = Array.Find(["/usr/bin/python3", "python3"], program => Starts(program, ["-c", $"import {modules}; print('all')"], "all"));
        Assert.SkipWhen(python is null, $"needs Debian's Python with {modules}, which are not installed");
        return python!;
    }

    /// <summary>Skips the calling test where a program is not installed.</summary>
    public static void Require(string program) => Assert.SkipUnless(Starts(program, [], ""), $"needs {program}, which is not installed");

    /// <summary>What a program prints, both on standard output and as an error.</summary>
    public static (string Output, string Error) Run(string program, IEnumerable<string> arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (output, error.GetAwaiter().GetResult());
    }

    private static bool Starts(string program, IEnumerable<string> arguments, string output)
    {
        try
        {
            return Run(program, arguments).Output.StartsWith(output, StringComparison.Ordinal);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
