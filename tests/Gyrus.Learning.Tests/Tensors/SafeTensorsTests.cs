using System.Buffers.Binary;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Gyrus.Learning.Tensors;
using Gyrus.Testing;
using Xunit;

namespace Gyrus.Learning.Tests.Tensors;

public sealed class SafeTensorsTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Tensors_and_notes_come_back_as_they_were()
    {
        var path = _folder.File("x.safetensors");
        var shapes = Gen.ListOf(Gen.ArrayOf(Gen.Choose(0, 4)).Where(shape => shape.Length <= 4));
        var contents = shapes.SelectMany(
            _ => Gen.ListOf(ArbMap.Default.GeneratorFor<float>(), 4 * 4 * 4 * 4),
            (all, values) => (Shapes: all, Values: values.ToArray()));
        var notes = ArbMap.Default.GeneratorFor<NonNull<string>>().ListOf();

        Prop.ForAll(contents.Zip(notes).ToArbitrary(), input =>
        {
            var ((all, values), words) = input;
            NamedTensor[] tensors = [.. all.Select((shape, i) =>
                new NamedTensor($"layer{i}/é\"\n", shape, values[..shape.Aggregate(1, (a, b) => a * b)]))];
            var metadata = words.Select((word, i) => (i, Word: WithoutLoneSurrogates(word.Get)))
                .ToDictionary(pair => $"note{pair.i}", pair => pair.Word);

            SafeTensors.Write(path, tensors, metadata);
            var read = SafeTensors.Read(path);

            Assert.Equal(metadata, read.Metadata);
            Assert.Equal(metadata, SafeTensors.ReadMetadata(path));
            Assert.Equal(tensors.Length, read.Tensors.Tensors.Count);
            foreach (var tensor in tensors)
            {
                Assert.Equal(tensor.Shape, read.Tensors[tensor.Name].Shape);
                Assert.Equal(tensor.Values, read.Tensors[tensor.Name].Values);
            }
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Same_content_gives_same_bytes_whatever_the_order()
    {
        NamedTensor a = new("a", [2], [1, 2]), b = new("b", [1], [3]);

        SafeTensors.Write(_folder.File("1"), [a, b], new Dictionary<string, string> { ["x"] = "1", ["y"] = "2" });
        SafeTensors.Write(_folder.File("2"), [b, a], new Dictionary<string, string> { ["y"] = "2", ["x"] = "1" });

        Assert.Equal(File.ReadAllBytes(_folder.File("1")), File.ReadAllBytes(_folder.File("2")));
    }

    [Fact]
    public void File_of_another_writer_is_read()
    {
        // Spaces, an order of its own, no notes, and a float16: 1.5 is 0x3E00.
        var path = WriteRaw("""{"h": {"dtype": "F16", "shape": [2], "data_offsets": [4, 8]}, """
            + """ "f":{"shape":[],"data_offsets":[0,4],"dtype":"F32"}}   """,
            [0, 0, 0x80, 0x3F, 0x00, 0x3E, 0x00, 0xBE]);

        var read = SafeTensors.Read(path);

        Assert.Empty(read.Metadata);
        Assert.Equal([1f], read.Tensors["f"].Values);
        Assert.Empty(read.Tensors["f"].Shape);
        Assert.Equal([1.5f, -1.5f], read.Tensors["h"].Values);
    }

    [Theory]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 8, "4 of 8 bytes")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", 8, "'a' overlaps")]
    [InlineData("""
        {"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}
        """, 8, "'b' overlaps")]
    [InlineData("""{"a":{"dtype":"F32","shape":[4],"data_offsets":[0,16]}}""", 8, "'a' ends at 16 of 8")]
    [InlineData("""{"a":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}}""", 8, "do not fit its shape [3]")]
    [InlineData("""{"a":{"dtype":"F32","shape":[-2],"data_offsets":[0,8]}}""", 8, "a side of -2")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1.5],"data_offsets":[0,8]}}""", 8, "not whole")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[8,0]}}""", 8, "bad offsets")]
    [InlineData("""{"a":{"dtype":"F32","shape":[65536,65536,65536,65536],"data_offsets":[0,0]}}""", 0, "too large")]
    [InlineData("""{"a":{"dtype":"I64","shape":[1],"data_offsets":[0,8]}}""", 8, "I64")]
    [InlineData("""{"a":{"shape":[2],"data_offsets":[0,8]}}""", 8, "no dtype")]
    [InlineData("""{"a":7}""", 0, "'a' is not an object")]
    [InlineData("""{"__metadata__":{"x":1}}""", 0, "'x', not a string")]
    [InlineData("""
        {"a":{"dtype":"F32","shape":[0],"data_offsets":[0,0]},"a":{"dtype":"F32","shape":[0],"data_offsets":[0,0]}}
        """, 0, "a")]
    [InlineData("[1]", 0, "not a JSON object")]
    [InlineData("{\"a\":", 0, "cannot be read")]
    public void Broken_header_is_refused(string header, int dataBytes, string fault)
    {
        var path = WriteRaw(header, new byte[dataBytes]);

        var error = Assert.Throws<GyrusException>(() => SafeTensors.Read(path));

        Assert.Contains(path, error.Message, StringComparison.Ordinal);
        Assert.Contains(fault, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(long.MaxValue)]
    [InlineData(-1L)]
    [InlineData(0L)]
    [InlineData(99_000_000L)]
    public void Bad_length_of_header_is_refused(long length)
    {
        var path = _folder.File("x.safetensors");
        var bytes = new byte[64];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, length);
        File.WriteAllBytes(path, bytes);

        var error = Assert.Throws<GyrusException>(() => SafeTensors.Read(path));
        Assert.Contains(path, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Cut_file_is_refused_wherever_it_is_cut()
    {
        var path = _folder.File("x.safetensors");
        SafeTensors.Write(path, [new("a", [3], [1, 2, 3])], new Dictionary<string, string> { ["note"] = "word" });
        var bytes = File.ReadAllBytes(path);

        for (int length = 0; length < bytes.Length; length++)
        {
            File.WriteAllBytes(path, bytes[..length]);
            Assert.Throws<GyrusException>(() => SafeTensors.Read(path));
        }
    }

    [Fact]
    public void Changed_bytes_never_give_another_error()
    {
        var path = _folder.File("x.safetensors");
        SafeTensors.Write(path, [new("a", [3], [1, 2, 3]), new("b", [1, 2], [4, 5])],
            new Dictionary<string, string> { ["note"] = "word" });
        var bytes = File.ReadAllBytes(path);
        var changes = Gen.ListOf(Gen.Choose(0, bytes.Length - 1).Zip(Gen.Choose(0, 255)));

        Prop.ForAll(changes.ToArbitrary(), list =>
        {
            var changed = bytes.ToArray();
            foreach (var (at, value) in list) changed[at] = (byte)value;
            File.WriteAllBytes(path, changed);
            try
            {
                SafeTensors.Read(path);
            }
            catch (GyrusException e)
            {
                Assert.Contains(path, e.Message, StringComparison.Ordinal);
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(1000));
    }

    [Fact]
    public void Missing_file_is_a_readers_error() =>
        Assert.Throws<GyrusException>(() => SafeTensors.Read(_folder.File("nothing")));

    [Fact]
    public void Values_that_do_not_fit_the_shape_are_a_callers_error() => Assert.Throws<ArgumentException>(
        () => SafeTensors.Write(_folder.File("x"), [new("a", [3], [1])], new Dictionary<string, string>()));

    private string WriteRaw(string header, byte[] data)
    {
        var path = _folder.File("x.safetensors");
        var json = Encoding.UTF8.GetBytes(header);
        var length = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, json.Length);
        File.WriteAllBytes(path, [.. length, .. json, .. data]);
        return path;
    }

    /// <summary>JSON cannot hold them.</summary>
    private static string WithoutLoneSurrogates(string text) =>
        new([.. text.Where(character => !char.IsSurrogate(character))]);
}
