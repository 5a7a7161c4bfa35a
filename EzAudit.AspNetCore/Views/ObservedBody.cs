using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Http.Features;

namespace EzAudit.AspNetCore.Views;

/// <summary>The body of an answer, whose first byte is sent when the request is on record, and not at all when that failed: then writing throws.</summary>
internal sealed class ObservedBody(ObservedRequest request, IHttpResponseBodyFeature inner) : PipeWriter, IHttpResponseBodyFeature
{
    // What is given to the server cannot be taken back; so until the record is stored it is given nothing.
    private ArrayBufferWriter<byte>? _held;

    public Stream Stream => field ??= new ObservedStream(this, inner.Stream);

    public PipeWriter Writer => this;

    public override bool CanGetUnflushedBytes => inner.Writer.CanGetUnflushedBytes;

    public override long UnflushedBytes => (_held?.WrittenCount ?? 0) + inner.Writer.UnflushedBytes;

    private bool IsOpen => request.HasBegun && request.Refusal is null && _held is null;

    /// <summary>Puts the request on record, and lets go what was held until then.</summary>
    public async ValueTask OpenAsync()
    {
        await request.BeginAsync().ConfigureAwait(false);
        Release();
    }

    /// <summary>The same for callers that are not asynchronous themselves.</summary>
    public void Open()
    {
        request.Begin();
        Release();
    }

    public void Count(long bytes) => request.BytesWritten += bytes;

    public void DisableBuffering() => inner.DisableBuffering();

    public async Task StartAsync(CancellationToken cancellationToken = default)
    {
        await OpenAsync().ConfigureAwait(false);
        await inner.StartAsync(cancellationToken).ConfigureAwait(false);
    }

    public async Task SendFileAsync(string path, long offset, long? count, CancellationToken cancellationToken = default)
    {
        await OpenAsync().ConfigureAwait(false);
        Count(count ?? new FileInfo(path).Length - offset);
        await inner.SendFileAsync(path, offset, count, cancellationToken).ConfigureAwait(false);
    }

    public async Task CompleteAsync()
    {
        await OpenAsync().ConfigureAwait(false);
        await inner.CompleteAsync().ConfigureAwait(false);
    }

    public override Memory<byte> GetMemory(int sizeHint = 0) => IsOpen ? inner.Writer.GetMemory(sizeHint) : Held().GetMemory(sizeHint);

    public override Span<byte> GetSpan(int sizeHint = 0) => IsOpen ? inner.Writer.GetSpan(sizeHint) : Held().GetSpan(sizeHint);

    public override void Advance(int bytes)
    {
        Count(bytes);
        if (_held is not null) _held.Advance(bytes);
        else inner.Writer.Advance(bytes);
    }

    public override async ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default)
    {
        if (!IsOpen) await OpenAsync().ConfigureAwait(false);
        return await inner.Writer.FlushAsync(cancellationToken).ConfigureAwait(false);
    }

    public override async ValueTask<FlushResult> WriteAsync(ReadOnlyMemory<byte> source, CancellationToken cancellationToken = default)
    {
        if (!IsOpen) await OpenAsync().ConfigureAwait(false);
        Count(source.Length);
        return await inner.Writer.WriteAsync(source, cancellationToken).ConfigureAwait(false);
    }

    public override void CancelPendingFlush() => inner.Writer.CancelPendingFlush();

    // What is held leaves at the end of the endpoint.
    public override void Complete(Exception? exception = null)
    {
        if (IsOpen) inner.Writer.Complete(exception);
    }

    public override async ValueTask CompleteAsync(Exception? exception = null)
    {
        await OpenAsync().ConfigureAwait(false);
        await inner.Writer.CompleteAsync(exception).ConfigureAwait(false);
    }

    private ArrayBufferWriter<byte> Held() => _held ??= new ArrayBufferWriter<byte>();

    private void Release()
    {
        if (_held is not { } held) return;
        _held = null;
        if (held.WrittenCount > 0) inner.Writer.Write(held.WrittenSpan);
    }
}
