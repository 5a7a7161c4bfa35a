using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace EzAudit.AspNetCore.Requests;

/// <summary>The response body as a stream that writes through the guard.</summary>
internal sealed class GuardedStream(ResponseGuard guard, Stream inner, HttpContext context) : Stream
{
    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
        await guard.WriteAsync(buffer, cancellationToken).ConfigureAwait(false);

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override async Task FlushAsync(CancellationToken cancellationToken) => await guard.FlushAsync(cancellationToken).ConfigureAwait(false);

    public override void Write(byte[] buffer, int offset, int count)
    {
        if (MayWrite()) inner.Write(buffer, offset, count);
    }

    public override void Flush()
    {
        if (MayWrite()) inner.Flush();
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    // If the server forbids synchronous writes, it throws before anything is sent.
    private bool MayWrite() =>
        context.Features.Get<IHttpBodyControlFeature>() is { AllowSynchronousIO: false } || guard.OpenAsync(CancellationToken.None).AsTask().GetAwaiter().GetResult();
}
