namespace Gyrus.Models;

/// <summary>
/// Keeps ONNX Runtime from reporting: since 1.31 its packages for Linux send events about process, session and model to its makers,
/// and leave a device's identifier in the home folder, unless a variable of the environment says no before its first use.
/// </summary>
public static class OnnxRuntimeTelemetry
{
    /// <summary>The variable, of which ONNX Runtime says that it then sends and stores nothing.</summary>
    private const string Variable = "ORT_DISABLE_TELEMETRY";

    private static readonly Lazy<bool> Off = new(() => NativeVariable.Set(Variable, "1"));

    /// <summary>Switches it off for this process. To be called before anything else of ONNX Runtime.</summary>
    public static void SwitchOff() => _ = Off.Value;
}
