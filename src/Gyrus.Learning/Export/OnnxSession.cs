using Gyrus.Models;
using Microsoft.ML.OnnxRuntime;

namespace Gyrus.Learning.Export;

/// <summary>Opens networks for checks, with nothing set that changes a sum: as they are opened in use.</summary>
internal static class OnnxSession
{
    /// <summary>The options, for the caller to dispose.</summary>
    public static SessionOptions Options()
    {
        OnnxRuntimeTelemetry.SwitchOff();
        return new SessionOptions { LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR };
    }

    /// <summary>Opens a file.</summary>
    /// <exception cref="OnnxRuntimeException">It cannot be loaded.</exception>
    public static InferenceSession Open(string path)
    {
        using var options = Options();
        return new InferenceSession(path, options);
    }
}
