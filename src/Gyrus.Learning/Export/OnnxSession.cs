using Gyrus.Package;
using Microsoft.ML.OnnxRuntime;

namespace Gyrus.Learning.Export;

/// <summary>Opens networks for checks with sums of products as exact as in use: a check of other sums would say nothing.</summary>
internal static class OnnxSession
{
    /// <summary>The options, for the caller to dispose.</summary>
    public static SessionOptions Options()
    {
        OnnxRuntimeTelemetry.SwitchOff();
        var options = new SessionOptions { LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR };
        if (ByteProducts.AreCutOff) options.AddSessionConfigEntry(ByteProducts.ExactSetting, "1");
        return options;
    }

    /// <summary>Opens a file.</summary>
    /// <exception cref="OnnxRuntimeException">It cannot be loaded.</exception>
    public static InferenceSession Open(string path)
    {
        using var options = Options();
        return new InferenceSession(path, options);
    }
}
