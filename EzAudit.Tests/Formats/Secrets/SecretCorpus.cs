namespace EzAudit.Tests.Formats.Secrets;

/// <summary>Fields with secrets of every kind, generated from a fixed seed.</summary>
internal static class SecretCorpus
{
    private const string Canary = "Gz7-canary_9";

    private static readonly string[] SecretNames =
    [
        "password", "Password", "New Password", "passwd", "pwd", "pw", "PW", "pass", "user_pass", "passphrase", "Passcode", "userPassword", "dbpassword", "PASSWORD_1", "smtp-pass",
        "secret", "client_secret", "clientSecret", "Client Secret", "appsecret", "token", "access_token", "accessToken", "refreshtoken", "X-Auth-Token", "csrf token", "otp", "OTP", "totp", "One time code",
        "pin", "PIN", "Card PIN", "cardPin", "PAN", "pan_number", "cvv", "CVV2", "cvc", "api key", "API_KEY", "ApiKey", "x-api-key", "AccessKey", "aws_secret_access_key", "AccountKey", "Private-Key",
        "Authorization", "Proxy-Authorization", "cookie", "Set-Cookie", "session cookie", "Connection String", "credentials", "Recovery code", "recoveryCodes", "Backup codes", "Verification code",
        "Passwort", "Neues Passwort", "Kennwort", "Mot de passe", "motDePasse", "contrase\u00f1a", "Contrase\u00f1a nueva", "contrasen\u0303a", "senha", "wachtwoord", "l\u00f6senord", "has\u0142o", "heslo",
        "\u043f\u0430\u0440\u043e\u043b\u044c", "\u041d\u043e\u0432\u044b\u0439 \u043f\u0430\u0440\u043e\u043b\u044c", "\u5bc6\u7801", "\u65b0\u5bc6\u7801", "\u30d1\u30b9\u30ef\u30fc\u30c9", "\ube44\ubc00\ubc88\ud638", "#ApiKey", "Password old", "Settings.ClientSecret new", "SecurityStamp", "PasswordHash", "AuthenticatorKey",
    ];

    // {0} is the secret.
    private static readonly string[] Sentences =
    [
        "password={0}", "login failed, password: {0}", "user=kim&password={0}&x=1", "https://example.org/reset?token={0}", "GET /cb?code={0}&state=1", "https://x.example/blob?sv=2020&sig={0}",
        "{{\"user\":\"kim\",\"password\":\"{0}\"}}", "{{ \"Password\" : \"{0}\" }}", "{{\\\"password\\\":\\\"{0}\\\"}}", "{{'token': '{0}'}}", "<password>{0}</password>", "<ns:Password>{0}</ns:Password>", "<user password=\"{0}\"/>",
        "Server=db;User Id=sa;Password={0};Encrypt=true", "Host=db;Username=app;Password={0}", "Pwd={0};Uid=sa", "DefaultEndpointsProtocol=https;AccountName=x;AccountKey={0};EndpointSuffix=y", "Endpoint=sb://x/;SharedAccessKey={0}",
        "postgres://app:{0}@db:5432/x", "https://kim:{0}@example.org/path", "redis://:{0}@cache", "amqp://guest:{0}@mq/vhost", "ftp://u:{0}@h",
        "Authorization: Bearer {0}", "authorization: bearer {0}1", "Authorization: Token {0}", "curl -H \"Authorization: Bearer {0}\" https://x", "X-Api-Key: {0}", "api_key={0}", "apikey: {0}", "Cookie: sid={0}; theme=dark",
        "export DB_PASSWORD={0}", "--password {0} --host x", "--password={0}", "mysql --password='{0}'", "password => {0}", "secret := {0}", "the password is {0}", "Das Passwort lautet {0}", "Passwort: {0}", "Kennwort={0}",
        "mot de passe: {0}", "contrase\u00f1a: {0}", "\u043f\u0430\u0440\u043e\u043b\u044c: {0}", "\u5bc6\u7801: {0}", "client_secret={0}", "pin: {0}", "otp={0}", "Recovery code: {0}", "ALTER USER kim WITH PASSWORD '{0}'", "aws_secret_access_key = {0}", "pw={0}",
    ];

    private static readonly (string Prefix, int[] Lengths)[] Networks =
    [
        ("4", [16, 19]), ("51", [16]), ("55", [16]), ("2221", [16]), ("2720", [16]), ("34", [15]), ("37", [15]), ("300", [14]), ("36", [14]), ("38", [14]), ("6011", [16, 19]), ("65", [16]), ("644", [16]),
        ("3528", [16]), ("3589", [16]), ("6221", [16, 17, 18, 19]), ("5018", [16]), ("6304", [16]), ("6759", [16]), ("2200", [16]),
    ];

    private static readonly string[] Separators = ["", " ", "-", ".", "\u00a0", "\u202f", "\u2011", "\u2013"];

    private static readonly string[] CardSentences = ["{0}", "paid with {0}.", "card {0}, 12/29", "({0})", "\"{0}\"", "Karte: {0} ok"];

    /// <summary>The whole corpus.</summary>
    public static IReadOnlyList<CorpusField> All { get; } = Make();

    private static List<CorpusField> Make()
    {
        var random = new Random(20261129);
        List<CorpusField> fields =
        [
            .. SecretNames.Select(name => new CorpusField(name, Canary, Canary)),
            .. Sentences.Select(sentence => new CorpusField("Comment", string.Format(null, sentence, Canary), Canary)),
            .. Tokens(random),
        ];
        foreach ((string prefix, int[] lengths) in Networks)
        {
            foreach (int length in lengths)
            {
                string digits = Luhn(prefix, length, random);
                foreach (string separator in Separators)
                {
                    string number = Grouped(digits, separator);
                    // The last four digits may be shown.
                    fields.Add(new CorpusField("Comment", string.Format(null, CardSentences[fields.Count % CardSentences.Length], number), number[..^4]));
                }
                fields.Add(new CorpusField("Comment", $";{digits}=25121010000012345678?", "25121010000012345678"));
                fields.Add(new CorpusField("Comment", $"%B{digits}^DOE/JANE^25121010000000000000000?", "DOE/JANE"));
            }
        }
        return fields;
    }

    private static IEnumerable<CorpusField> Tokens(Random random)
    {
        string Some(int length) => string.Concat(Enumerable.Range(0, length).Select(_ => "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz23456789"[random.Next(56)])) + "7q";
        string Upper(int length) => string.Concat(Enumerable.Range(0, length).Select(i => i % 3 == 0 ? "3" : "ABCDEFGH"[random.Next(8)].ToString()));
        string jwt = $"eyJ{Some(20)}.{Some(30)}.{Some(20)}";
        string basic = Convert.ToBase64String("kim:correct horse battery"u8);
        string pem = $"-----BEGIN RSA PRIVATE KEY-----\n{Some(60)}\n{Some(60)}\n-----END RSA PRIVATE KEY-----";
        string[] tokens =
        [
            $"AKIA{Upper(16)}", $"ghp_{Some(34)}", $"github_pat_{Some(50)}", $"glpat-{Some(18)}", $"xoxb-{Upper(10)}-{Some(20)}", $"AIza{Some(33)}", $"sk_live_{Some(22)}", $"SG.{Some(20)}.{Some(40)}", $"npm_{Some(34)}",
            $"sk-{Some(46)}", $"hvs.{Some(22)}", $"dop_v1_{Some(62)}", $"shpat_{Some(32)}", $"ya29.{Some(40)}", jwt, pem, pem[..80], $"Bearer {Some(20)}", $"Basic {basic}", $"Bearer {jwt}",
        ];
        foreach (string token in tokens)
        {
            yield return new CorpusField("Comment", token, token[^6..]);
            yield return new CorpusField("Comment", $"tried {token}", token[^6..]);
            yield return new CorpusField("Comment", $"{{\"value\":\"{token}\"}}", token[^6..]);
        }
        yield return new CorpusField("Comment", $"Authorization: Basic {basic}", basic[^6..]);
        yield return new CorpusField("Comment", "Authorization: Digest username=\"kim\", response=\"6629fae49393a05397450978507c4ef1\"", "6629fae4");
    }

    /// <summary>A number with a valid check digit.</summary>
    public static string Luhn(string prefix, int length, Random random)
    {
        string body = prefix + string.Concat(Enumerable.Range(0, length - prefix.Length - 1).Select(_ => random.Next(10).ToString(System.Globalization.CultureInfo.InvariantCulture)));
        int sum = 0;
        for (int i = 0; i < body.Length; i++)
        {
            int digit = body[^(i + 1)] - '0';
            if (i % 2 == 0) digit = digit > 4 ? (digit * 2) - 9 : digit * 2;
            sum += digit;
        }
        return body + (char)('0' + ((10 - (sum % 10)) % 10));
    }

    private static string Grouped(string digits, string separator)
    {
        int[] groups = digits.Length switch { 14 => [4, 6, 4], 15 => [4, 6, 5], 17 => [4, 4, 4, 5], 18 => [6, 6, 6], 19 => [4, 4, 4, 4, 3], _ => [4, 4, 4, 4] };
        var parts = new List<string>();
        int start = 0;
        foreach (int group in groups)
        {
            parts.Add(digits.Substring(start, group));
            start += group;
        }
        return string.Join(separator, parts);
    }
}
