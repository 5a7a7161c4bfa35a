using EzAudit.Extensibility;
using EzAudit.Sealing.Notes;

namespace EzAudit.Sealing.Keys;

/// <summary>Signs with a plugin's signer, whose key stays the same. Trusts nothing that it returns, and waits for it only for a limited time.</summary>
/// <param name="signer">The signer; disposed with this object.</param>
/// <param name="name">NAME of its section <c>[Signer-NAME]</c>.</param>
internal sealed class PluginSigner(IAuditSealSigner signer, string name) : SealSigner
{
    // A signer that takes notice of the cancellation says better what took so long.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);

    private Task? _lastCall;
    // Asking a KMS costs time and money, so it is asked again only if a signature does not fit.
    private byte[]? _publicKey;

    public override bool Evolves => false;

    /// <summary>How long a call may take. The ledger is locked meanwhile.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(5);

    public override KeyFinding Find(EpochKey? ledger)
    {
        if (ledger is null) return new KeyFinding(KeyState.Missing, null, "");
        try
        {
            VerificationKey key = PublicKey(ledger.Key.Name);
            if (key.Equals(ledger.Key)) return new KeyFinding(KeyState.Ready, ledger, "");
            var found = new EpochKey(0, key);
            return new KeyFinding(KeyState.Replaced, found, $"{Place}: found {found}, expected {ledger}; the key was replaced");
        }
        catch (SealKeyException failure)
        {
            return new KeyFinding(KeyState.Unreadable, null, failure.Message);
        }
    }

    public override EpochKey CreateRoot(string origin) => new(0, PublicKey(origin));

    public override SignedCheckpoint Sign(Checkpoint checkpoint, EpochKey ledger)
    {
        byte[] text = TextOf(checkpoint);
        byte[] signature = Call(token => signer.SignAsync(text, token));
        SignedCheckpoint signed = SignedCheckpoint.Of(checkpoint, ledger.Key, signature);
        if (signed.IsSignedBy(ledger.Key)) return signed;
        _publicKey = null;
        throw new SealKeyException($"{Place}: the signer returned {signature.Length} bytes that are not a signature of the checkpoint by {ledger} (ECDSA over SHA-256, DER).");
    }

    public override EpochKey PrepareNext(EpochKey ledger) => throw new NotSupportedException($"{Place}: the key of a signer has no epochs.");

    public override void Commit(EpochKey next) => throw new NotSupportedException($"{Place}: the key of a signer has no epochs.");

    public override void Dispose() => signer.Dispose();

    private string Place => $"[Signer-{name}]";

    private VerificationKey PublicKey(string origin)
    {
        byte[] spki = _publicKey ?? Call(signer.GetPublicKeyAsync);
        try
        {
            VerificationKey key = VerificationKey.Of(origin, spki);
            _publicKey = spki;
            return key;
        }
        catch (ArgumentException failure)
        {
            throw new SealKeyException($"{Place}: the signer returned {spki.Length} bytes as its public key: {failure.Message}", failure);
        }
    }

    // On a thread of its own: a signer that blocks forever, or a thread pool without free threads, must not keep the ledger locked.
    private byte[] Call(Func<CancellationToken, ValueTask<byte[]>> call)
    {
        if (_lastCall is { IsCompleted: false }) throw new SealKeyException($"{Place}: the signer has not ended its last call, which was cancelled after {Timeout.TotalSeconds:0.###} s.");
        var stop = new CancellationTokenSource(Timeout);
        Task<byte[]> running = Task.Factory.StartNew(() => call(stop.Token).AsTask(), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap();
        _lastCall = running;
        _ = running.ContinueWith(_ => stop.Dispose(), TaskScheduler.Default);
        try
        {
            if (running.Wait(Timeout + Grace)) return running.Result ?? throw new SealKeyException($"{Place}: the signer returned null.");
        }
        catch (AggregateException failure)
        {
            Exception cause = failure.GetBaseException();
            if (cause is not OperationCanceledException || !stop.IsCancellationRequested) throw new SealKeyException($"{Place}: the signer failed: {cause.Message}", cause);
        }
        throw new SealKeyException($"{Place}: the signer did not answer within {Timeout.TotalSeconds:0.###} s.");
    }
}
