using System.Globalization;
using System.Net.Mime;
using System.Text;
using EzAudit.Extensibility;
using EzAudit.Settings.Schema;
using NodaTime;

namespace EzAudit.Sealing.Anchors;

/// <summary>Posts checkpoints to a server, which accepts them with a status from 200 to 299.</summary>
internal sealed class HttpAnchor : IAuditAnchor
{
    private const string UrlKey = "Url";
    private const string TimeoutKey = "Timeout";
    private const string HeadersKey = "HeaderFiles";
    private const int MostHeaderBytes = 8192;

    private readonly Uri _url;
    private readonly IReadOnlyDictionary<string, string> _headerFiles;
    private readonly HttpClient _client;

    /// <param name="url">The address of the server.</param>
    /// <param name="timeout">How long to wait for the response.</param>
    /// <param name="headerFiles">Additional headers, each with the file that contains its value.</param>
    public HttpAnchor(Uri url, TimeSpan timeout, IReadOnlyDictionary<string, string> headerFiles)
    {
        _url = url;
        _headerFiles = headerFiles;
        // A redirect would take the headers to another server. A new connection from time to time follows changes of the name's address.
        _client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) }) { Timeout = timeout };
    }

    public static IReadOnlyList<string> Keys { get; } = [UrlKey, TimeoutKey, HeadersKey];

    public static HttpAnchor Create(AuditComponentSettings settings)
    {
        bool isValid = Uri.TryCreate(settings[UrlKey], UriKind.Absolute, out Uri? url) && (url.Scheme == Uri.UriSchemeHttps || url.Scheme == Uri.UriSchemeHttp) && url.UserInfo.Length == 0;
        if (!isValid) throw new AuditComponentSettingsException(UrlKey, "an address such as https://example.com/checkpoints, without user and password");
        Duration timeout = Duration.FromSeconds(10);
        if (settings[TimeoutKey] is { } text && !(ValueRules.Duration.TryParse(text, out timeout) && timeout >= Duration.FromSeconds(1) && timeout <= Duration.FromMinutes(1)))
            throw new AuditComponentSettingsException(TimeoutKey, "a time from 1s to 1m, such as 10s");
        IReadOnlyDictionary<string, string> files = settings.GetMap(HeadersKey);
        if (settings[HeadersKey] is not null || settings.GetArray(HeadersKey).Count > files.Count) throw new AuditComponentSettingsException(HeadersKey, $"an array: {HeadersKey}[NAME]=FILE");
        return new HttpAnchor(url!, timeout.ToTimeSpan(), files.ToDictionary(file => file.Key, file => Checked(settings, file.Key, file.Value), StringComparer.OrdinalIgnoreCase));
    }

    public void Publish(AuditCheckpoint checkpoint)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, _url) { Content = new StringContent(checkpoint.Note, Encoding.UTF8, MediaTypeNames.Text.Plain) };
        // Read each time, because tokens are replaced while the application runs.
        foreach ((string name, string path) in _headerFiles) request.Headers.TryAddWithoutValidation(name, ReadValue(path));
        try
        {
            using HttpResponseMessage response = _client.Send(request, HttpCompletionOption.ResponseHeadersRead);
            if (response.IsSuccessStatusCode) return;
            throw new HttpRequestException(string.Create(CultureInfo.InvariantCulture, $"{_url}: the server answered {(int)response.StatusCode}. It must answer 2xx."));
        }
        catch (OperationCanceledException late)
        {
            throw new TimeoutException(string.Create(CultureInfo.InvariantCulture, $"{_url}: the server did not answer within {_client.Timeout.TotalSeconds:0.###} s."), late);
        }
    }

    public void Dispose() => _client.Dispose();

    private static string Checked(AuditComponentSettings settings, string header, string file)
    {
        string path = Path.GetFullPath(Path.Combine(settings.Root, file));
        using var request = new HttpRequestMessage();
        try
        {
            if (!request.Headers.TryAddWithoutValidation(header, ReadValue(path))) throw new AuditComponentSettingsException(HeadersKey, "the name of a header of HTTP requests", header);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new AuditComponentSettingsException(HeadersKey, $"a file that contains the value of the header; {failure.Message}", header);
        }
        return path;
    }

    private static string ReadValue(string path)
    {
        if (new FileInfo(path) is { Length: > MostHeaderBytes }) throw new IOException($"{path}: the file has more than {MostHeaderBytes} bytes.");
        string value = File.ReadAllText(path).Trim();
        if (value.Length > 0 && !value.Any(char.IsControl)) return value;
        throw new IOException($"{path}: the file must contain one line of text.");
    }
}
