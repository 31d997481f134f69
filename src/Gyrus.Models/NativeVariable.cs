using System.Runtime.InteropServices;

namespace Gyrus.Models;

/// <summary>Variables of the environment as native libraries see them: on Unix .NET keeps those that it sets to itself.</summary>
public static partial class NativeVariable
{
    /// <summary>Sets a variable for this process, its native libraries included.</summary>
    /// <param name="name">The variable.</param>
    /// <param name="value">Its value.</param>
    /// <returns>Whether native libraries see it.</returns>
    public static bool Set(string name, string value)
    {
        Environment.SetEnvironmentVariable(name, value);
        return OperatingSystem.IsWindows() || SetNative(name, value, overwrite: 1) == 0;
    }

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetNative(string name, string value, int overwrite);
}
