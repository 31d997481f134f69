using System.Reflection;

namespace Gyrus.Dicom.Pixels;

/// <summary>The codecs of packed pixels, libjpeg, CharLS, OpenJPEG and OpenJPH, as a WebAssembly module, for a browser to run too.</summary>
public static class CodecModule
{
    internal const string Name = "dicom-codecs.wasm";

    /// <summary>The module; null in a build without it.</summary>
    public static byte[]? Read()
    {
        using var wasm = Assembly.GetExecutingAssembly().GetManifestResourceStream(Name);
        if (wasm is null) return null;
        var bytes = new byte[wasm.Length];
        wasm.ReadExactly(bytes);
        return bytes;
    }
}
