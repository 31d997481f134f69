using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Gyrus.Server.Contracts;

/// <summary>Answers whose JSON is written by hand, with probabilities of six decimals.</summary>
internal static class WrittenJson
{
    /// <summary>An answer that a writer makes.</summary>
    public static IResult Of(Action<Utf8JsonWriter> write)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes)) write(json);
        return Results.Bytes(bytes.WrittenMemory, "application/json; charset=utf-8");
    }
}
