using System.IO.Compression;
using System.Text;
using Google.FlatBuffers;
using Gyrus.Imaging.Tensors;
using Gyrus.Learning.Export.Keras;

namespace Gyrus.Learning.Export.Tflite;

/// <summary>
/// What TensorFlow Lite's own programs want to know of a model, such as its task library and Android Studio: that its input is an image, how pixels are scaled, and a file of labels. Tables and
/// numbers of fields are those of tensorflow/tflite-support, metadata_schema.fbs 1.0.0.
/// </summary>
internal static class TfliteMetadata
{
    /// <summary>The name that these programs look for.</summary>
    public const string Key = "TFLITE_METADATA";

    /// <summary>The file of labels, one a line, in the order of the outputs.</summary>
    public const string LabelsFile = "labels.txt";

    private const string Identifier = "M001", ParserVersion = "1.0.0";
    private const byte Feature = 1, Image = 2, Normalisation = 1;
    private const sbyte Rgb = 1, AxisLabels = 2;

    /// <summary>The metadata: a flat buffer of its own.</summary>
    public static byte[] Of(KerasModel model)
    {
        var builder = new FlatBufferBuilder(1 << 12);
        int inputs = builder.Offsets([Input(builder, model.Preprocessing)]), outputs = builder.Offsets([Output(builder)]);
        int graphs = builder.Offsets([builder.Table(7, () =>
        {
            builder.AddOffset(2, inputs, 0);
            builder.AddOffset(3, outputs, 0);
        })]);
        int name = builder.Text(model.Name), version = builder.Text(ParserVersion);
        builder.Finish(builder.Table(8, () =>
        {
            builder.AddOffset(0, name, 0);
            builder.AddOffset(3, graphs, 0);
            builder.AddOffset(7, version, 0);
        }), Identifier);
        return builder.SizedByteArray();
    }

    /// <summary>The file of labels as a zip that is put behind the model: a flat buffer ends where it says, and a zip is found from the end of a file. It is not compressed, as those who read it want it.</summary>
    /// <param name="model">The model.</param>
    /// <param name="before">The bytes that stand before it.</param>
    public static byte[] Files(KerasModel model, int before)
    {
        // Places in a zip count from the beginning of the whole file.
        using var memory = new MemoryStream();
        memory.SetLength(before);
        memory.Position = before;
        using (var zip = new ZipArchive(memory, ZipArchiveMode.Create, leaveOpen: true))
        {
            var entry = zip.CreateEntry(LabelsFile, CompressionLevel.NoCompression);
            // The same model has the same bytes.
            entry.LastWriteTime = new DateTimeOffset(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);
            using var file = entry.Open();
            file.Write(Encoding.UTF8.GetBytes(string.Join('\n', model.Labels.Names)));
        }
        return memory.ToArray()[before..];
    }

    private static int Input(FlatBufferBuilder builder, Preprocessing preprocessing)
    {
        var scaling = PixelScaling.Of(preprocessing.Normalisation);
        int means = builder.Floats(scaling.Means), deviations = builder.Floats(scaling.Deviations);
        int numbers = builder.Table(2, () =>
        {
            builder.AddOffset(0, means, 0);
            builder.AddOffset(1, deviations, 0);
        });
        int units = builder.Offsets([builder.Table(2, () =>
        {
            builder.AddByte(0, Normalisation, 0);
            builder.AddOffset(1, numbers, 0);
        })]);
        int size = builder.Table(2, () =>
        {
            builder.AddUint(0, (uint)preprocessing.Size, 0);
            builder.AddUint(1, (uint)preprocessing.Size, 0);
        });
        // The format has no name for blue first: it is left unknown, and said in words.
        int properties = builder.Table(2, () =>
        {
            builder.AddSbyte(0, scaling.BlueFirst ? (sbyte)0 : Rgb, 0);
            builder.AddOffset(1, size, 0);
        });
        var framing = preprocessing.Framing == Framing.Head ? "the head alone, cut out and grey, " : "";
        return Tensor(builder, "image", $"A scan, {framing}{scaling.Words}.", Content(builder, Image, properties), units, files: 0);
    }

    private static int Output(FlatBufferBuilder builder)
    {
        int name = builder.Text(LabelsFile), description = builder.Text("The labels of the probabilities, in their order.");
        int files = builder.Offsets([builder.Table(4, () =>
        {
            builder.AddOffset(0, name, 0);
            builder.AddOffset(1, description, 0);
            builder.AddSbyte(2, AxisLabels, 0);
        })]);
        return Tensor(builder, KerasTopology.Output, "The probability of each label, not calibrated.", Content(builder, Feature, builder.Table(0, () => { })), units: 0, files);
    }

    private static int Content(FlatBufferBuilder builder, byte kind, int properties) => builder.Table(3, () =>
    {
        builder.AddByte(0, kind, 0);
        builder.AddOffset(1, properties, 0);
    });

    private static int Tensor(FlatBufferBuilder builder, string name, string description, int content, int units, int files)
    {
        int named = builder.Text(name), described = builder.Text(description);
        return builder.Table(7, () =>
        {
            builder.AddOffset(0, named, 0);
            builder.AddOffset(1, described, 0);
            builder.AddOffset(3, content, 0);
            if (units != 0) builder.AddOffset(4, units, 0);
            if (files != 0) builder.AddOffset(6, files, 0);
        });
    }
}
