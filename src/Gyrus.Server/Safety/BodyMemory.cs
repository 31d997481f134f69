using Gyrus.Server.Problems;
using Microsoft.AspNetCore.Http;

namespace Gyrus.Server.Safety;

/// <summary>Bounds what the bodies of all requests at work take together: images are held in memory, and many large uploads
/// at once would end the process. What would be more is answered 503, and 413 where one body is all of it.</summary>
internal sealed class BodyMemory(ServiceOptions options) : IMiddleware
{
    private long _held;

    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        await using var body = new CountedBody(context.Request.Body, this);
        context.Request.Body = body;
        try
        {
            await next(context);
        }
        finally
        {
            Interlocked.Add(ref _held, -body.Length);
        }
    }

    private void Take(int bytes, long ofRequest)
    {
        long held = Interlocked.Add(ref _held, bytes);
        if (ofRequest > options.BodyMemory)
            throw ServiceProblem.TooLarge($"The body may have {options.BodyMemory} bytes. Send fewer images at once.");
        if (held > options.BodyMemory) throw ServiceProblem.Busy(retryAfter: 5);
    }

    /// <summary>A body that counts what was read of it.</summary>
    private sealed class CountedBody(Stream body, BodyMemory memory) : Stream
    {
        private long _read;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        /// <summary>Bytes read so far.</summary>
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
            memory.Take(bytes, _read);
            return bytes;
        }
    }
}
