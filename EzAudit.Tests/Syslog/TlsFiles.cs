using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using EzAudit.Tests.Support;

namespace EzAudit.Tests.Syslog;

/// <summary>A test's certificate authority, a server certificate and a client certificate, as PEM files.</summary>
internal sealed class TlsFiles : IDisposable
{
    private static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();

    private readonly TempFolder _folder = new();

    /// <param name="name">The name in the server's certificate.</param>
    /// <param name="days">How many days it is valid, starting yesterday; 0 for an expired one.</param>
    /// <param name="selfSigned">Whether the server's certificate is self-signed instead of issued by the test's authority.</param>
    public TlsFiles(string name = "localhost", int days = 30, bool selfSigned = false)
    {
        using ECDsa caKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var caRequest = new CertificateRequest("CN=Test authority", caKey, HashAlgorithmName.SHA256);
        caRequest.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, false, 0, critical: true));
        using X509Certificate2 ca = caRequest.CreateSelfSigned(Now.AddDays(-10), Now.AddDays(40));
        CaFile = _folder.Write("ca.pem", ca.ExportCertificatePem());
        (CertificateFile, KeyFile) = Make("server", name, selfSigned ? null : ca, caKey, Now.AddDays(days == 0 ? -1 : days));
        (ClientCertificateFile, ClientKeyFile) = Make("client", "client", ca, caKey, Now.AddDays(30));
    }

    /// <summary>Whether the server requires client certificates.</summary>
    public bool DemandsClient { get; init; }

    public string CaFile { get; }

    public string CertificateFile { get; }

    public string KeyFile { get; }

    public string ClientCertificateFile { get; }

    public string ClientKeyFile { get; }

    public void Dispose() => _folder.Dispose();

    private (string Certificate, string Key) Make(string file, string name, X509Certificate2? ca, ECDsa caKey, DateTimeOffset until)
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name);
        if (name == "localhost") names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        DateTimeOffset from = Now.AddDays(-5);
        using X509Certificate2 certificate = ca is null
            ? request.CreateSelfSigned(from, until)
            : request.Create(ca.SubjectName, X509SignatureGenerator.CreateForECDsa(caKey), from, until, RandomNumberGenerator.GetBytes(8));
        return (_folder.Write($"{file}.pem", certificate.ExportCertificatePem()), _folder.Write($"{file}.key", key.ExportPkcs8PrivateKeyPem()));
    }
}
