using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Gyrus.Learning.Tensors;

/// <summary>The content of a safetensors file.</summary>
/// <param name="Tensors">The tensors, as float32.</param>
/// <param name="Metadata">The file's notes on itself; empty where it has none.</param>
public sealed record SafeTensorsContent(TensorTable Tensors, IReadOnlyDictionary<string, string> Metadata);

/// <summary>
/// The safetensors format: the length of the header as a little-endian 64-bit number, the header as JSON (for each
/// tensor its dtype, shape and place in the data; <c>__metadata__</c> for notes), then the data, C order and
/// little-endian, without a gap. Format: github.com/huggingface/safetensors, README, "Format".
/// </summary>
public static class SafeTensors
{
    private const string MetadataKey = "__metadata__";

    /// <summary>The format's own limit, so that a bad length costs no memory.</summary>
    private const long MaxHeaderBytes = 100_000_000;

    /// <summary>Writes tensors as float32, sorted by name, so that the same content gives the same bytes.</summary>
    /// <param name="path">The file; an old one is replaced only when the new one is whole.</param>
    /// <param name="tensors">The tensors; each name once.</param>
    /// <param name="metadata">Notes on the file.</param>
    /// <exception cref="ArgumentException">Two tensors have one name, or one has the reserved name
    /// <c>__metadata__</c>, or its number of values is not the product of its shape.</exception>
    /// <exception cref="IOException">The file cannot be written; the old one stands.</exception>
    public static void Write(
        string path, IEnumerable<NamedTensor> tensors, IReadOnlyDictionary<string, string> metadata)
    {
        NamedTensor[] sorted = [.. tensors.OrderBy(tensor => tensor.Name, StringComparer.Ordinal)];
        for (int i = 0; i < sorted.Length; i++)
        {
            var tensor = sorted[i];
            if (tensor.Name == MetadataKey || (i > 0 && sorted[i - 1].Name == tensor.Name))
                throw new ArgumentException($"the name '{tensor.Name}' is taken", nameof(tensors));
            if (tensor.Shape.Aggregate(1L, (product, size) => product * size) != tensor.Values.Length)
                throw new ArgumentException($"'{tensor.Name}' has {tensor.Values.Length} values, which is not the "
                    + $"product of [{string.Join(", ", tensor.Shape)}]", nameof(tensors));
        }
        var header = Header(sorted, metadata);
        AtomicFile.Write(path, stream =>
        {
            Span<byte> length = stackalloc byte[sizeof(long)];
            BinaryPrimitives.WriteInt64LittleEndian(length, header.Length);
            stream.Write(length);
            stream.Write(header);
            foreach (var tensor in sorted) stream.Write(MemoryMarshal.AsBytes(tensor.Values.AsSpan()));
        });
    }

    private static byte[] Header(NamedTensor[] tensors, IReadOnlyDictionary<string, string> metadata)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteStartObject(MetadataKey);
            foreach (var (key, value) in metadata.OrderBy(entry => entry.Key, StringComparer.Ordinal))
                json.WriteString(key, value);
            json.WriteEndObject();
            long offset = 0;
            foreach (var tensor in tensors)
            {
                long end = offset + (long)tensor.Values.Length * sizeof(float);
                json.WriteStartObject(tensor.Name);
                json.WriteString("dtype", "F32");
                json.WriteStartArray("shape");
                foreach (int size in tensor.Shape) json.WriteNumberValue(size);
                json.WriteEndArray();
                json.WriteStartArray("data_offsets");
                json.WriteNumberValue(offset);
                json.WriteNumberValue(end);
                json.WriteEndArray();
                json.WriteEndObject();
                offset = end;
            }
            json.WriteEndObject();
        }
        // The format allows trailing spaces; with them the data starts at a multiple of 8.
        while (buffer.Length % 8 != 0) buffer.WriteByte((byte)' ');
        return buffer.ToArray();
    }

    /// <summary>Reads all tensors of a file; float16 is widened to float32.</summary>
    /// <exception cref="GyrusException">The file is missing, is not safetensors, is cut short, or breaks the format:
    /// offsets that overlap, leave a gap or do not fit the shape, a name twice, a dtype other than F32 and
    /// F16.</exception>
    public static SafeTensorsContent Read(string path) => Open(path, (stream, header) =>
        new SafeTensorsContent(new TensorTable(header.Entries.Select(entry => entry.Read(stream))), header.Metadata));

    /// <summary>Reads a file's notes on itself, and checks its header, but reads no tensor.</summary>
    /// <exception cref="GyrusException">The file is missing or breaks the format.</exception>
    public static IReadOnlyDictionary<string, string> ReadMetadata(string path) =>
        Open(path, (_, header) => header.Metadata);

    private static T Open<T>(string path, Func<Stream, FileHeader, T> read)
    {
        try
        {
            using var stream = File.OpenRead(path);
            return read(stream, ReadHeader(stream));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException
            or InvalidDataException or InvalidOperationException)
        {
            // InvalidOperationException: System.Text.Json's answer to a string that is not valid UTF-8.
            throw new GyrusException(
                $"{path}: this safetensors file cannot be read: {e.Message.TrimEnd('.')}. Make or fetch it again.", e);
        }
    }

    private static FileHeader ReadHeader(FileStream stream)
    {
        Span<byte> length = stackalloc byte[sizeof(long)];
        stream.ReadExactly(length);
        long headerLength = BinaryPrimitives.ReadInt64LittleEndian(length);
        long dataLength = stream.Length - sizeof(long) - headerLength;
        if (headerLength is < 2 or > MaxHeaderBytes || dataLength < 0)
            throw new InvalidDataException($"its header would be {headerLength} bytes long");
        var header = new byte[headerLength];
        stream.ReadExactly(header);
        if (header[0] != '{') throw new InvalidDataException("its header is not a JSON object");

        using var json = JsonDocument.Parse(
            header, new JsonDocumentOptions { AllowDuplicateProperties = false, MaxDepth = 8 });
        var metadata = new Dictionary<string, string>();
        var entries = new List<Entry>();
        foreach (var property in json.RootElement.EnumerateObject())
        {
            if (property.Name == MetadataKey) ReadMetadata(property.Value, metadata);
            else entries.Add(Entry.Parse(property));
        }
        entries.Sort((a, b) => (a.Begin, a.End).CompareTo((b.Begin, b.End)));
        CheckPlaces(entries, dataLength);
        return new FileHeader(entries, metadata);
    }

    private static void ReadMetadata(JsonElement element, Dictionary<string, string> metadata)
    {
        Require(element.ValueKind == JsonValueKind.Object, MetadataKey, "is not an object");
        foreach (var note in element.EnumerateObject())
        {
            Require(note.Value.ValueKind == JsonValueKind.String, MetadataKey, $"has '{note.Name}', not a string");
            metadata.Add(note.Name, note.Value.GetString()!);
        }
    }

    /// <summary>The tensors must cover the data, each byte once.</summary>
    private static void CheckPlaces(List<Entry> sorted, long dataLength)
    {
        long covered = 0;
        foreach (var entry in sorted)
        {
            Require(entry.Begin == covered, entry.Name, "overlaps another tensor or leaves a gap before it");
            Require(entry.End <= dataLength, entry.Name, $"ends at {entry.End} of {dataLength} bytes of data");
            covered = entry.End;
        }
        if (covered != dataLength)
            throw new InvalidDataException($"its tensors take {covered} of {dataLength} bytes of data");
    }

    private static void Require(bool condition, string name, string fault)
    {
        if (!condition) throw new InvalidDataException($"'{name}' {fault}");
    }

    /// <summary>The header, its entries in the order of the data.</summary>
    private sealed record FileHeader(List<Entry> Entries, Dictionary<string, string> Metadata);

    /// <summary>A line of the header.</summary>
    private sealed record Entry(string Name, bool IsHalf, int[] Shape, int Length, long Begin, long End)
    {
        public static Entry Parse(JsonProperty property)
        {
            var (name, value) = (property.Name, property.Value);
            Require(value.ValueKind == JsonValueKind.Object, name, "is not an object");
            var type = Get(name, value, "dtype", JsonValueKind.String).GetString()!;
            Require(type is "F32" or "F16", name, $"is {type}, and only F32 and F16 can be read");
            var shape = Numbers(name, Get(name, value, "shape", JsonValueKind.Array));
            long length = 1;
            foreach (long size in shape)
            {
                Require(size is >= 0 and <= int.MaxValue, name, $"has a side of {size}");
                length *= size;
                Require(length <= Array.MaxLength, name, "is too large");
            }
            var offsets = Numbers(name, Get(name, value, "data_offsets", JsonValueKind.Array));
            Require(offsets.Length == 2 && offsets[0] >= 0 && offsets[1] >= offsets[0], name, "has bad offsets");
            Require(offsets[1] - offsets[0] == length * (type == "F16" ? 2 : 4), name, "has offsets that do not fit "
                + $"its shape [{string.Join(", ", shape)}]");
            return new Entry(name, type == "F16", Array.ConvertAll(shape, size => (int)size), (int)length,
                offsets[0], offsets[1]);
        }

        private static JsonElement Get(string name, JsonElement value, string key, JsonValueKind kind)
        {
            bool has = value.TryGetProperty(key, out var found) && found.ValueKind == kind;
            Require(has, name, $"has no {key}");
            return found;
        }

        private static long[] Numbers(string name, JsonElement array) =>
        [
            .. array.EnumerateArray().Select(element =>
            {
                long number = 0;
                Require(element.ValueKind == JsonValueKind.Number && element.TryGetInt64(out number), name,
                    "has a number that is not whole");
                return number;
            }),
        ];

        /// <summary>Reads the tensor where the stream stands: entries are sorted and without gaps.</summary>
        public NamedTensor Read(Stream stream)
        {
            var values = new float[Length];
            FloatData.Read(stream, values, IsHalf);
            return new NamedTensor(Name, Shape, values);
        }
    }
}
