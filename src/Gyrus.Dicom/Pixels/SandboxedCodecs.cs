using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Gyrus.Dicom.Parsing;
using Wasmtime;
using Module = Wasmtime.Module;

namespace Gyrus.Dicom.Pixels;

/// <summary>
/// Unpacks JPEG, JPEG-LS and JPEG 2000 by libjpeg, CharLS, OpenJPEG and OpenJPH, which run as WebAssembly: a damaged file can trap the codec and not the process, cannot
/// take more memory than it is given, and is stopped after some seconds. Safe to call from many threads at once.
/// </summary>
internal sealed class SandboxedCodecs : IDisposable
{
    private const long MostMemory = 1L << 30;
    private const int MostSeconds = 4;

    private static readonly Lazy<SandboxedCodecs?> Shared = new(Create);

    private readonly Engine _engine = new(new Config().WithEpochInterruption(true));
    private readonly Module _module;
    private readonly ConcurrentBag<Codec> _idle = [];
    private readonly Timer _seconds;

    private SandboxedCodecs(byte[] wasm)
    {
        _module = Compiled(_engine, wasm);
        _seconds = new Timer(_ => _engine.IncrementEpoch(), null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
    }

    /// <summary>The codecs; null in a build without them, and in a browser, where there is no sandbox within the sandbox.</summary>
    public static SandboxedCodecs? Instance => OperatingSystem.IsBrowser() ? null : Shared.Value;

    /// <summary>Unpacks a frame.</summary>
    /// <param name="path">The file, for errors.</param>
    /// <param name="codec">How it is packed.</param>
    /// <param name="packed">The frame.</param>
    /// <param name="layout">What it holds.</param>
    /// <returns>The samples, colours of a pixel together.</returns>
    public ushort[] Decode(string path, PixelCodec codec, ReadOnlySpan<byte> packed, PixelLayout layout)
    {
        var worker = _idle.TryTake(out var idle) ? idle : new Codec(_engine, _module);
        try
        {
            var samples = worker.Decode(codec, packed, layout);
            _idle.Add(worker);
            return samples;
        }
        catch (Exception e) when (e is WasmtimeException or CodecException)
        {
            // What a trap leaves behind is not used again.
            worker.Dispose();
            throw DicomErrors.Damaged(path, $"its packed pixels cannot be unpacked: {worker.LastMessage ?? e.Message.Split('\n')[0]}", e);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _seconds.Dispose();
        while (_idle.TryTake(out var codec)) codec.Dispose();
        _module.Dispose();
        _engine.Dispose();
    }

    private static SandboxedCodecs? Create() => CodecModule.Read() is { } wasm ? new SandboxedCodecs(wasm) : null;

    /// <summary>The codecs as code of this processor: of the user's cache, or compiled and put there, which takes seconds.</summary>
    private static Module Compiled(Engine engine, byte[] wasm)
    {
        string? path = null;
        try
        {
            var version = typeof(Engine).Assembly.GetName().Version;
            path = Path.Combine(UserCache.Folder("codecs"), $"{Convert.ToHexStringLower(SHA256.HashData(wasm))[..16]}-{version}.cwasm");
            // Wasmtime refuses what another version of it, or another kind of processor, compiled.
            if (File.Exists(path)) return Module.DeserializeFile(engine, CodecModule.Name, path);
        }
        catch (Exception e) when (e is WasmtimeException or IOException or UnauthorizedAccessException or GyrusException)
        {
            // What cannot be used is compiled again.
        }
        var module = Module.FromBytes(engine, CodecModule.Name, wasm);
        try
        {
            var code = module.Serialize();
            if (path is not null) AtomicFile.Write(path, file => file.Write(code));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or GyrusException)
        {
            // A cache that cannot be written costs the seconds again next time.
        }
        return module;
    }

    private sealed class CodecException(string message) : Exception(message);

    private sealed class Codec : IDisposable
    {
        private readonly Store _store;
        private readonly Instance _instance;
        private readonly Memory _memory;

        public Codec(Engine engine, Module module)
        {
            _store = new Store(engine);
            _store.SetLimits(MostMemory, null, null, null, null);
            _store.SetEpochDeadline(MostSeconds);
            using var linker = new Linker(engine);
            linker.DefineFunction("env", "onCodecsException", (Caller caller, int at, int length) => Fail(caller, at, length));
            linker.DefineFunction("env", "onCodecsInfo", (int _, int _) => { });
            linker.DefineFunction("env", "onCodecsTrace", (int _, int _) => { });
            linker.DefineFunction("env", "emscripten_notify_memory_growth", (int _) => { });
            linker.DefineFunction("wasi_snapshot_preview1", "proc_exit", (int code) => throw new CodecException($"the codec ended with {code}"));
            linker.DefineFunction("wasi_snapshot_preview1", "clock_time_get", (int _, long _, int _) => 0);
            linker.DefineFunction("wasi_snapshot_preview1", "fd_write", (int _, int _, int _, int _) => 0);
            linker.DefineFunction("wasi_snapshot_preview1", "fd_close", (int _) => 0);
            linker.DefineFunction("wasi_snapshot_preview1", "fd_seek", (int _, long _, int _, int _) => 0);
            linker.DefineFunction("wasi_snapshot_preview1", "environ_get", (int _, int _) => 0);
            linker.DefineFunction("wasi_snapshot_preview1", "environ_sizes_get", (Caller caller, int count, int size) =>
            {
                caller.GetMemory("memory")!.WriteInt32(count, 0);
                caller.GetMemory("memory")!.WriteInt32(size, 0);
                return 0;
            });
            _instance = linker.Instantiate(_store, module);
            _memory = _instance.GetMemory("memory")!;
            _instance.GetAction("_initialize")!();
        }

        public string? LastMessage { get; private set; }

        public ushort[] Decode(PixelCodec codec, ReadOnlySpan<byte> packed, PixelLayout layout)
        {
            _store.SetEpochDeadline(MostSeconds);
            int context = Call("CreateCodecsContext");
            int parameters = Call("CreateDecoderParameters");
            Set("SetConvertColorspaceToRgb", parameters, 0);
            Set("SetColumns", context, layout.Columns);
            Set("SetRows", context, layout.Rows);
            Set("SetBitsAllocated", context, layout.BitsAllocated);
            Set("SetBitsStored", context, layout.BitsStored);
            Set("SetSamplesPerPixel", context, layout.Samples);
            Set("SetPixelRepresentation", context, layout.IsSigned ? 1 : 0);
            Set("SetPlanarConfiguration", context, 0);
            Set("SetPhotometricInterpretation", context, layout.Samples == 1 ? Monochrome2 : Rgb);
            Set("SetEncodedBufferSize", context, packed.Length);
            packed.CopyTo(_memory.GetSpan(Get("GetEncodedBuffer", context), packed.Length));
            Set(
                codec switch
                {
                    PixelCodec.Jpeg => "DecodeJpeg",
                    PixelCodec.JpegLs => "DecodeJpegLs",
                    PixelCodec.Jpeg2000 => "DecodeJpeg2000",
                    _ => "DecodeHtJpeg2000",
                },
                context, parameters);
            int size = Get("GetDecodedBufferSize", context);
            if (size != layout.FrameBytes) throw new CodecException($"{size} bytes came of it, and {layout.FrameBytes} are needed");
            var samples = NativePixels.Read(_memory.GetSpan(Get("GetDecodedBuffer", context), size), layout.BitsAllocated, isBigEndian: false);
            if (Get("GetPlanarConfiguration", context) == 1 && layout.Samples > 1) samples = NativePixels.Interleave(samples, layout.Samples);
            _instance.GetAction<int>("ReleaseDecoderParameters")!(parameters);
            _instance.GetAction<int>("ReleaseCodecsContext")!(context);
            return samples;
        }

        public void Dispose() => _store.Dispose();

        // Places in the codecs' own list of photometric interpretations.
        private const int Monochrome2 = 1;
        private const int Rgb = 3;

        private int Call(string name) => _instance.GetFunction<int>(name)!();

        private int Get(string name, int context) => _instance.GetFunction<int, int>(name)!(context);

        private void Set(string name, int context, int value) => _instance.GetAction<int, int>(name)!(context, value);

        private void Fail(Caller caller, int at, int length)
        {
            LastMessage = Encoding.UTF8.GetString(caller.GetMemory("memory")!.GetSpan(at, Math.Min(length, 500)));
            throw new CodecException(LastMessage);
        }
    }
}
