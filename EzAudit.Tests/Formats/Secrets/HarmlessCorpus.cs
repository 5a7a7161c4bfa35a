using System.Globalization;

namespace EzAudit.Tests.Formats.Secrets;

/// <summary>Harmless fields that look as if they contained a secret, generated from a fixed seed.</summary>
internal static class HarmlessCorpus
{
    private static readonly string[] Names =
    [
        "Compass", "Passenger", "Passage", "Bypass", "Boarding pass", "Passed", "Spin", "Spinner", "Author", "Authority", "Tokenizer", "Tokenized", "Secretary", "Secretariat", "Opinion", "Pinned", "Shipping", "Company",
        "Panel", "Pancake", "Japan", "Cookie policy", "Key", "Keyboard", "Monkey", "Node ID", "Password changed", "Password expires", "Token type", "Token count", "Token id", "Secret name", "Password policy", "PasswordResetAttempts",
        "Error code", "Country code", "Postal code", "Code", "Encoding", "Barcode", "Display name", "Option", "Optional", "Desktop", "Laptop", "Stop", "Required policy", "Recovery codes left", "Api version", "Private", "Connection", "String",
    ];

    private static readonly string[] Texts =
    [
        "Moved the node to the given node", "Unknown login or wrong password", "The password was changed", "password: required", "Password: must be at least 12 characters", "token: expired", "Token expired", "secret: missing",
        "the bearer of this letter", "Bearer of", "basic training for new staff", "Basic understanding of keys", "eyJust a word", "Asia/Tokyo", "The cookie policy was accepted", "Cookie: none", "authorization: denied",
        "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----", "https://example.org/orders/7?page=2&sort=name", "https://example.org:8443/a@b", "mailto:kim@example.org", "git@github.com:EzAudit/EzAudit.git", "ssh://git@example.org/x",
        "max_tokens: 4096", "prompt tokens=512, completion tokens=77", "C:\\temp\\new", "/srv/passwd/readme", "SELECT * FROM \"Tokens\" WHERE \"Id\" = 7", "{\"id\":4000000000000002,\"name\":\"Kim\"}", "orderId=4000000000000002",
        "a4111111111111111", "4111111111111111b", "0.4242424242424242", "41111111111111111111111111111111", "12345678-4111-1111-1111-111111111111", "DE89 3704 0044 0532 0130 00", "GB82 WEST 1234 5698 7654 32", "AT61 1904 3002 3457 3201",
        "2026-11-29T05:30:36.1234567Z", "2026-11-29 05:30:36,123 [41] INFO  Shop.Orders - Order 4711 placed", "10.0.0.7 - - [29/Nov/2026:05:30:36 +0000] \"GET / HTTP/1.1\" 200 4523", "v4.11.1-rc.1", "192.168.100.200", "fe80::1ff:fe23:4567:890a",
        "Der Schl\u00fcssel liegt beim Empfang", "Le mot de passe a \u00e9t\u00e9 chang\u00e9", "La contrase\u00f1a ha cambiado", "Passwort ge\u00e4ndert", "\u041f\u0430\u0440\u043e\u043b\u044c \u0438\u0437\u043c\u0435\u043d\u0451\u043d", "\u5bc6\u7801\u5df2\u66f4\u6539", "\u05e9\u05dc\u05d5\u05dd \u05e2\u05d5\u05dc\u05dd", "\ud83d\ude80 launched",
        "sha256=6629fae49393a05397450978507c4ef1", "commit 0bc817aa6629fae49393a05397450978507c4ef1", "key=value", "code=42", "Error code: 17", "status: ok", "pinned the post", "spin: 3", "compass: north", "author=kim", "passenger=7",
    ];

    /// <summary>The whole corpus.</summary>
    public static IReadOnlyList<CorpusField> All { get; } = Make();

    private static List<CorpusField> Make()
    {
        var random = new Random(20261129);
        string Digits(int count) => string.Concat(Enumerable.Range(0, count).Select(_ => random.Next(10).ToString(CultureInfo.InvariantCulture)));
        List<CorpusField> fields = [.. Names.Select(name => new CorpusField(name, "canary")), .. Texts.Select(text => new CorpusField("Comment", text))];
        for (int i = 0; i < 300; i++)
        {
            fields.Add(new CorpusField("Comment", $"EAN {SecretCorpus.Luhn("40", 13, random)}"));
            fields.Add(new CorpusField("Comment", $"scanned 4{Digits(12)} twice"));
            fields.Add(new CorpusField("Phone", $"4915{Digits(9)}"));
            fields.Add(new CorpusField("Comment", $"call +49 15{Digits(1)} {Digits(8)} back"));
            fields.Add(new CorpusField("Comment", $"tel 0049 17{Digits(1)} {Digits(4)} {Digits(4)}"));
            fields.Add(new CorpusField("Comment", $"+4915{Digits(9)}"));
            fields.Add(new CorpusField("Comment", $"order 4{Digits(15)} is late"));
            fields.Add(new CorpusField("Order ID", $"5{Digits(15)}"));
            fields.Add(new CorpusField("Invoice number", $"4{Digits(15)}"));
            fields.Add(new CorpusField("trackingNo", $"6011{Digits(12)}"));
            fields.Add(new CorpusField("Comment", $"IMEI {SecretCorpus.Luhn("35", 15, random)}"));
            fields.Add(new CorpusField("Comment", SecretCorpus.Luhn("35", 15, random)));
            fields.Add(new CorpusField("Comment", $"snowflake 1{Digits(18)}"));
            fields.Add(new CorpusField("Comment", (638_900_000_000_000_000 + (random.NextInt64() % 1_000_000_000_000)).ToString(CultureInfo.InvariantCulture)));
            fields.Add(new CorpusField("Comment", (1_764_000_000_000 + random.Next()).ToString(CultureInfo.InvariantCulture)));
            fields.Add(new CorpusField("Object", new Guid(Enumerable.Range(0, 16).Select(_ => (byte)random.Next(256)).ToArray()).ToString()));
            fields.Add(new CorpusField("Comment", $"DE{Digits(2)} {Digits(4)} {Digits(4)} {Digits(4)} {Digits(4)} {Digits(2)}"));
            fields.Add(new CorpusField("Comment", $"{Digits(8)} and 12.{Digits(4)}"));
        }
        return fields;
    }
}
