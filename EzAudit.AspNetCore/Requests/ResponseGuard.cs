using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.ExceptionServices;
using EzAudit.AspNetCore.Security;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace EzAudit.AspNetCore.Requests;

/// <summary>
/// Holds back a response until the request's record is stored. If the record cannot be stored, the client gets a <see cref="Refusal"/>, and
/// what the application writes is discarded.
/// </summary>
/// <remarks>
/// The record is written when the response starts, after all other <c>OnStarting</c> callbacks (the first registered runs last), so that status
/// and headers are final. The server starts the response at the first write, so the guard holds writes back until then. Not thread-safe.
/// </remarks>
internal abstract class ResponseGuard : PipeWriter, IHttpResponseBodyFeature
{
    private HttpContext _context = null!;
    private IHttpResponseBodyFeature _inner = null!;
    private IHttpResponseFeature _response = null!;
    private GuardedStream? _stream;
    private ArrayBufferWriter<byte>? _held;
    private int _sent;
    private CancellationToken _aborted;
    private bool _isRecorded;
    private bool _isRefused;
    private bool _lastIsHeld;

    /// <summary>Why the request is refused; <see langword="null"/> if it is not.</summary>
    public Exception? Failure { get; private set; }

    public Stream Stream => _stream ??= new GuardedStream(this, _inner.Stream, _context);

    public PipeWriter Writer => this;

    public override bool CanGetUnflushedBytes => _inner.Writer.CanGetUnflushedBytes;

    public override long UnflushedBytes => (_held?.WrittenCount - _sent ?? 0) + _inner.Writer.UnflushedBytes;

    private bool IsOpen => _isRecorded && !_isRefused && _held is null && _response.HasStarted;

    /// <summary>Installs the guard in a request and resets its state.</summary>
    /// <param name="context">The request.</param>
    /// <param name="aborted">Canceled when the client disconnects.</param>
    public void Place(HttpContext context, CancellationToken aborted)
    {
        IFeatureCollection features = context.Features;
        (_context, _aborted) = (context, aborted);
        _response = features.GetRequiredFeature<IHttpResponseFeature>();
        _inner = features.GetRequiredFeature<IHttpResponseBodyFeature>();
        (_stream, _held, Failure) = (null, null, null);
        _isRecorded = _isRefused = _lastIsHeld = false;
        features.Set<IHttpResponseBodyFeature>(this);
        context.Response.OnStarting(static guard => ((ResponseGuard)guard).StartingAsync(), this);
        if (features.Get<IHttpUpgradeFeature>() is { IsUpgradableRequest: true } upgrade) features.Set<IHttpUpgradeFeature>(new GuardedUpgrade(this, upgrade));
        if (features.Get<IHttpExtendedConnectFeature>() is { IsExtendedConnect: true } connect) features.Set<IHttpExtendedConnectFeature>(new GuardedConnect(this, connect));
    }

    /// <summary>Runs the request, then stores its record, or refuses and logs it.</summary>
    /// <param name="next">Answers the request.</param>
    /// <param name="path">The path, for the log.</param>
    /// <param name="logger">Logs refused requests.</param>
    public async Task RunAsync(RequestDelegate next, string path, ILogger logger)
    {
        bool mayLeave;
        try
        {
            await next(_context).ConfigureAwait(false);
            mayLeave = await EndAsync(RequestOutcome.Of(_context, _aborted), hasThrown: false).ConfigureAwait(false);
        }
        catch (Exception failure)
        {
            mayLeave = await EndAsync(RequestOutcome.Of(_context, failure, _aborted), hasThrown: true).ConfigureAwait(false);
            if (mayLeave) throw;
            if (!ReferenceEquals(failure, Failure)) Log.Failed(logger, _context.Request.Method, path, failure);
        }
        if (mayLeave) return;
        // The application may have appended trailers after the refusal.
        Refusal.ClearTrailers(_context);
        Log.Refused(logger, _context.Request.Method, path, Failure);
    }

    /// <summary>Writes what must be stored before the response is sent; an exception refuses the request.</summary>
    protected abstract ValueTask WriteRecordAsync(RequestOutcome outcome);

    /// <summary>Records the request, unless already done, and returns whether its response may be sent.</summary>
    public async ValueTask<bool> RecordAsync(RequestOutcome outcome)
    {
        if (_isRecorded) return !_isRefused;
        _isRecorded = true;
        AuditWriteException? unrecorded = _context.Features.Get<SecurityFacts>()?.Unrecorded;
        try
        {
            await WriteRecordAsync(unrecorded is null ? outcome : RequestOutcome.Refused).ConfigureAwait(false);
            if (unrecorded is not null) (Failure, _isRefused) = (unrecorded, true);
        }
        catch (Exception failure)
        {
            // Any exception: a response without a certain record must not be sent.
            Failure = failure;
            _isRefused = true;
        }
        return !_isRefused;
    }

    /// <summary>Records a switch of protocols, or throws, because the switch cannot be undone.</summary>
    public async ValueTask RecordOrThrowAsync(int status)
    {
        if (!await RecordAsync(RequestOutcome.Switched(status)).ConfigureAwait(false)) ExceptionDispatchInfo.Throw(Failure!);
    }

    /// <summary>Records a request that ended, unless already done, and sends what the application left unsent; or refuses it.</summary>
    /// <returns>False if the request was refused; otherwise the response of the application, or the server's response to its exception, is sent.</returns>
    private async ValueTask<bool> EndAsync(RequestOutcome outcome, bool hasThrown)
    {
        bool mayLeave = await RecordAsync(outcome).ConfigureAwait(false);
        if (!mayLeave && !_response.HasStarted) Refusal.Apply(_context);
        else if (mayLeave && _held is not null && !hasThrown) await FlushAsync().ConfigureAwait(false);
        return mayLeave;
    }

    /// <summary>Starts the response; false if it is a refusal.</summary>
    public async ValueTask<bool> OpenAsync(CancellationToken cancellationToken)
    {
        if (!_isRefused && !_response.HasStarted) await _inner.StartAsync(cancellationToken).ConfigureAwait(false);
        if (_isRefused || _held is not { } held) return !_isRefused;
        ReadOnlyMemory<byte> unsent = held.WrittenMemory[_sent..];
        _sent = held.WrittenCount;
        // The application may still be writing to memory of this buffer, so keep it until Advance.
        if (!_lastIsHeld) _held = null;
        if (!unsent.IsEmpty) await _inner.Writer.WriteAsync(unsent, cancellationToken).ConfigureAwait(false);
        return true;
    }

    public void DisableBuffering() => _inner.DisableBuffering();

    public Task StartAsync(CancellationToken cancellationToken = default) => IsOpen ? Task.CompletedTask : OpenAsync(cancellationToken).AsTask();

    public async Task SendFileAsync(string path, long offset, long? count, CancellationToken cancellationToken = default)
    {
        if (await OpenAsync(cancellationToken).ConfigureAwait(false)) await _inner.SendFileAsync(path, offset, count, cancellationToken).ConfigureAwait(false);
    }

    public async Task CompleteAsync()
    {
        await OpenAsync(CancellationToken.None).ConfigureAwait(false);
        await _inner.CompleteAsync().ConfigureAwait(false);
    }

    public override ValueTask<FlushResult> WriteAsync(ReadOnlyMemory<byte> source, CancellationToken cancellationToken = default) =>
        IsOpen ? _inner.Writer.WriteAsync(source, cancellationToken) : OpenAndWriteAsync(source, cancellationToken);

    public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default) =>
        IsOpen ? _inner.Writer.FlushAsync(cancellationToken) : OpenAndFlushAsync(cancellationToken);

    // The server may send what it is given at any moment, so it gets nothing before the response has started.
    public override Memory<byte> GetMemory(int sizeHint = 0) => TakesHeld() ? _held!.GetMemory(sizeHint) : _inner.Writer.GetMemory(sizeHint);

    public override Span<byte> GetSpan(int sizeHint = 0) => TakesHeld() ? _held!.GetSpan(sizeHint) : _inner.Writer.GetSpan(sizeHint);

    public override void Advance(int bytes)
    {
        if (_lastIsHeld) _held?.Advance(bytes);
        else _inner.Writer.Advance(bytes);
        _lastIsHeld = false;
    }

    public override void CancelPendingFlush() => _inner.Writer.CancelPendingFlush();

    // Held bytes are sent at the end of the request.
    public override void Complete(Exception? exception = null)
    {
        if (IsOpen) _inner.Writer.Complete(exception);
    }

    public override async ValueTask CompleteAsync(Exception? exception = null)
    {
        if (await OpenAsync(CancellationToken.None).ConfigureAwait(false)) await _inner.Writer.CompleteAsync(exception).ConfigureAwait(false);
    }

    private async Task StartingAsync()
    {
        if (!await RecordAsync(RequestOutcome.Of(_context, _aborted)).ConfigureAwait(false)) Refusal.Apply(_context);
    }

    private async ValueTask<FlushResult> OpenAndWriteAsync(ReadOnlyMemory<byte> source, CancellationToken cancellationToken) =>
        await OpenAsync(cancellationToken).ConfigureAwait(false)
            ? await _inner.Writer.WriteAsync(source, cancellationToken).ConfigureAwait(false)
            : Refused();

    private async ValueTask<FlushResult> OpenAndFlushAsync(CancellationToken cancellationToken) =>
        await OpenAsync(cancellationToken).ConfigureAwait(false)
            ? await _inner.Writer.FlushAsync(cancellationToken).ConfigureAwait(false)
            : Refused();

    // Reports the reader as gone, so that a writer in a loop stops.
    private FlushResult Refused()
    {
        _held = null;
        return new FlushResult(isCanceled: false, isCompleted: true);
    }

    private bool TakesHeld()
    {
        _lastIsHeld = !IsOpen;
        if (_lastIsHeld && _held is null) (_held, _sent) = (new ArrayBufferWriter<byte>(), 0);
        return _lastIsHeld;
    }
}
