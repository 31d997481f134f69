using System.Buffers.Text;
using System.Text;
using Gyrus.Inference;
using Gyrus.Server.Problems;
using Gyrus.Server.Uploads;

namespace Gyrus.Server.Protocols;

/// <summary>The images of a request of the Open Inference Protocol.</summary>
internal static class InferImages
{
    /// <summary>The name of the one input.</summary>
    public const string Name = "image";

    /// <summary>Its datatype.</summary>
    public const string Datatype = "BYTES";

    /// <summary>Reads the images: base64 in the JSON, or files (or their base64) as bytes behind it.</summary>
    /// <exception cref="ServiceProblem">The request is not built so, or has more or larger images than the limits say.</exception>
    public static async Task<IReadOnlyList<ScanFile>> Read(InferBody body, ImageLimits limits, CancellationToken cancellation)
    {
        var input = Input(body.Request);
        var size = InferParameters.Size(input.Parameters, "binary_data_size", $"the input '{Name}'");
        var elements = size is null ? Texts(input) : null;
        int count = Count(input, elements?.Count, limits);
        if (size is not null && body.Rest is null)
            throw ServiceProblem.BadRequest($"binary_data_size needs the header {InferBody.HeaderLength}, the number of bytes of the JSON.");
        if (size is not null && input.Data is not null)
            throw ServiceProblem.BadRequest($"The input '{Name}' has data and binary_data_size. Give one of them.");
        elements ??= await TensorBytes.ReadElements(body.Rest!, count, size!.Value, (limits.LargestImage + 2L) / 3 * 4, Name, cancellation);
        await body.RequireEnd(cancellation);
        return [.. elements.Select((element, i) => new ScanFile($"{Name} {i}", File(element, i, inJson: size is null, limits)))];
    }

    private static InferInput Input(InferRequest request)
    {
        const string Wanted = $"Give one input of the name '{Name}' and the datatype {Datatype}.";
        if (request.Inputs is not { Count: > 0 } inputs) throw ServiceProblem.BadRequest($"There are no inputs. {Wanted}");
        if (inputs.FirstOrDefault(input => input?.Name != Name) is { Name: { } other })
            throw ServiceProblem.BadRequest($"There is no input of the name '{Names.Short(other)}'. {Wanted}");
        if (inputs.Any(input => input?.Name is null)) throw ServiceProblem.BadRequest($"An input has no name. {Wanted}");
        if (inputs.Count > 1) throw ServiceProblem.BadRequest($"The input '{Name}' is there {inputs.Count} times. Give all images in one.");
        return inputs[0]!.Datatype == Datatype ? inputs[0]!
            : throw ServiceProblem.BadRequest($"The input '{Name}' has not the datatype {Datatype}. {Wanted}");
    }

    private static List<byte[]> Texts(InferInput input)
    {
        if (input.Data is not { Count: > 0 } data)
            throw ServiceProblem.BadRequest($"The input '{Name}' has no data. Give a list of base64 of image files.");
        int none = data.ToList().FindIndex(text => text is null);
        return none < 0 ? [.. data.Select(text => Encoding.UTF8.GetBytes(text!))]
            : throw ServiceProblem.BadRequest($"{Name} {none} is null. Give base64 of an image file.");
    }

    private static int Count(InferInput input, int? there, ImageLimits limits)
    {
        if (input.Shape is not [> 0 and var count] || (there is not null && count != there))
        {
            throw ServiceProblem.BadRequest($"The shape of '{Name}' is a list of one number, the number of images"
                + (there is null ? "." : $": here [{there}]."));
        }
        return count <= limits.MostImages ? (int)count
            : throw ServiceProblem.TooLarge($"A request has at most {limits.MostImages} images. Send the others in another.");
    }

    // Behind the JSON an element is the file itself, or its base64 from clients that send the same values either way. No image
    // file is base64 throughout.
    private static byte[] File(byte[] element, int index, bool inJson, ImageLimits limits)
    {
        if (element.Length == 0) throw ServiceProblem.BadRequest($"{Name} {index} is empty. Give an image file.");
        bool isText = Base64.IsValid(element, out int length);
        if (inJson && !isText) throw ServiceProblem.BadRequest($"{Name} {index} is not base64. Give base64 of an image file.");
        if ((isText ? length : element.Length) > limits.LargestImage)
            throw ServiceProblem.TooLarge($"{Name} {index}: an image may have {limits.LargestImage} bytes. Send a smaller one.");
        if (!isText) return element;
        var file = new byte[length];
        Base64.DecodeFromUtf8(element, file, out _, out _);
        return file;
    }
}
