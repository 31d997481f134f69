using Gyrus.Server.Problems;
using Microsoft.AspNetCore.Http;

namespace Gyrus.Server.Safety;

/// <summary>Bounds what the bodies of all requests at work, and the images that are fetched for them, take together: images are held in
/// memory, and many large ones at once would end the process. What would be more is answered 503, and 413 where one request is all
/// of it. Bodies that go to the disk as they come (<see cref="BodyOnDisk"/>) do not count.</summary>
/// <param name="most">Bytes that they may take.</param>
internal sealed class BodyMemory(long most) : IMiddleware
{
    private long _held;

    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<BodyOnDisk>() is not null)
        {
            await next(context);
            return;
        }
        var memory = new RequestMemory(Take);
        context.Features.Set(memory);
        await using var body = new CountedBody(context.Request.Body, memory);
        context.Request.Body = body;
        try
        {
            await next(context);
        }
        finally
        {
            Interlocked.Add(ref _held, -memory.Held);
        }
    }

    /// <summary>Takes bytes of images that come by no request.</summary>
    /// <param name="bytes">How many.</param>
    /// <returns>Gives them back when it is disposed of; null where there is no room for them.</returns>
    public IDisposable? TryHold(long bytes)
    {
        if (Interlocked.Add(ref _held, bytes) <= most) return new HeldBytes(this, bytes);
        Interlocked.Add(ref _held, -bytes);
        return null;
    }

    private void Take(int bytes, long ofRequest)
    {
        long held = Interlocked.Add(ref _held, bytes);
        if (ofRequest > most)
            throw ServiceProblem.TooLarge($"The images of a request may take {most} bytes together. Send fewer or smaller ones.");
        if (held <= most) return;
        throw ServiceProblem.Busy(
            "The images of all requests at work take as much memory as the service has for them.", retryAfter: 5, "with fewer or smaller images at once");
    }

    private sealed class HeldBytes(BodyMemory memory, long bytes) : IDisposable
    {
        public void Dispose() => Interlocked.Add(ref memory._held, -bytes);
    }

    /// <summary>A body that counts what was read of it.</summary>
    private sealed class CountedBody(Stream body, RequestMemory memory) : Stream
    {
        private long _read;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => _read;

        public override long Position { get => _read; set => throw new NotSupportedException(); }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            Count(await body.ReadAsync(buffer, cancellationToken));

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        // As a request's own body does, where a waiting thread would be one that answers others.
        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        private int Count(int bytes)
        {
            _read += bytes;
            memory.Take(bytes);
            return bytes;
        }
    }
}
