using System.Runtime.Versioning;

[assembly: SupportedOSPlatform("browser")]

namespace Gyrus.Browser;

/// <summary>A program has to begin somewhere: the page calls <see cref="PageClassifier"/>.</summary>
internal static class Program
{
    private static void Main()
    {
    }
}
