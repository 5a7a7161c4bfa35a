using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using EzAudit.Syslog.Settings;

namespace EzAudit.Syslog.Sending;

/// <summary>Encrypts a connection with TLS 1.2 or newer. The server's chain and name are always checked; nothing can turn that off (RFC 5425).</summary>
/// <remarks>Certificates are read again for each connection, so that renewed ones take effect.</remarks>
internal sealed class TlsHandshake(TlsSettings settings)
{
    private string? _refusal;

    /// <exception cref="AuthenticationException">The server did not prove its identity; the message says why.</exception>
    public SslStream Shake(Stream wire, CancellationToken timeout)
    {
        var stream = new SslStream(wire, leaveInnerStreamOpen: true);
        try
        {
            stream.AuthenticateAsClientAsync(Options(), timeout).GetAwaiter().GetResult();
            return stream;
        }
        catch (Exception failure)
        {
            stream.Dispose();
            if (failure is not AuthenticationException) throw;
            string why = _refusal ?? (failure.InnerException ?? failure).Message;
            throw new AuthenticationException($"the server did not prove that it is \"{settings.Name}\": {why}", failure);
        }
    }

    private SslClientAuthenticationOptions Options()
    {
        var policy = new X509ChainPolicy { RevocationMode = settings.ChecksRevocation ? X509RevocationMode.Online : X509RevocationMode.NoCheck };
        if (settings.CaFile is { } file)
        {
            policy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            policy.CustomTrustStore.ImportFromPemFile(file);
        }
        return new SslClientAuthenticationOptions
        {
            TargetHost = settings.Name,
            EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
            CertificateChainPolicy = policy,
            ClientCertificateContext = OwnCertificate(),
            RemoteCertificateValidationCallback = Judge,
        };
    }

    // Only collects the reasons; the system has decided.
    private bool Judge(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (errors == SslPolicyErrors.None) return true;
        var reasons = new List<string>();
        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNotAvailable)) reasons.Add("it presented no certificate");
        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch)) reasons.Add($"its certificate is for another name ({certificate?.Subject})");
        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateChainErrors))
            reasons.AddRange((chain?.ChainStatus ?? []).Select(status => $"{status.Status}: {status.StatusInformation.Trim()}"));
        _refusal = string.Join("; ", reasons);
        return false;
    }

    private SslStreamCertificateContext? OwnCertificate()
    {
        if (settings.ClientCertificate is not { } file) return null;
        X509Certificate2 own = X509Certificate2.CreateFromPemFile(file, settings.ClientKey);
        // Windows needs the key in a store; a round trip through PKCS 12 puts it there.
        if (OperatingSystem.IsWindows()) own = X509CertificateLoader.LoadPkcs12(own.Export(X509ContentType.Pkcs12), null);
        var others = new X509Certificate2Collection();
        others.ImportFromPemFile(file);
        return SslStreamCertificateContext.Create(own, others, offline: true);
    }
}
