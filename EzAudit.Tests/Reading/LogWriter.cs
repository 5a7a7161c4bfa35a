using System.Buffers;
using System.Text;
using EzAudit.Extensibility;
using EzAudit.Formats.Classic;
using EzAudit.Formats.Json;
using EzAudit.Records;
using EzAudit.Tests.Support;
using NodaTime;

namespace EzAudit.Tests.Reading;

/// <summary>Generates damaged log files from a seed: whole records among torn, glued, damaged and foreign ones.</summary>
/// <param name="seed">The seed.</param>
/// <param name="isJson">Whether the format is json rather than classic.</param>
internal sealed class LogWriter(int seed, bool isJson = false)
{
    private static readonly string[] Functions = ["node-move", "login-failed", "é \"f\""];
    private static readonly string[] Logins = ["editor", "anna", "bert", "a:b", "x]y", "é日本", "tab\tin", "edit", "14"];
    private static readonly string[] Ids = ["16", "14", "10", "edit", "ü"];
    private static readonly string[] Addresses = ["127.0.0.1", "10.1.2.3", "10.1.2.4", "::ffff:10.1.2.3", "2001:db8::1", "host", "2001:DB8:0::1"];
    private static readonly string[] Names = ["Node ID", "Name", "Comment", "Status", "a: b", "é"];
    private static readonly string[] Values =
    [
        "124", "12", "1240", "Moved the node", "failed", "ok", "", "two\nlines", "two\n\nlines\n", "tab\there", "C:\\temp", "\\u{a}", "\u0001", "日本語 text",
        "[ May 23 2007 14:47:58 ] [127.0.0.1] [editor:16]", "Node ID: 124", "cr\rhere",
    ];

    private readonly Random _random = new(seed);
    private readonly IAuditFormat _format = isJson ? new JsonFormat() : new ClassicFormat(DateTimeZoneProviders.Tzdb["Europe/Vienna"]);
    private DateTimeOffset _time = new(2007, 3, 24, 20, 0, 0, TimeSpan.Zero);

    public byte[] Write(int pieces)
    {
        using var file = new MemoryStream();
        bool isCrLf = _random.Next(8) == 0;
        for (int i = 0; i < pieces; i++)
        {
            byte[] piece = isJson ? JsonPiece() : Piece();
            if (isCrLf || _random.Next(40) == 0) piece = Encoding.Latin1.GetBytes(Encoding.Latin1.GetString(piece).Replace("\n", "\r\n", StringComparison.Ordinal));
            file.Write(piece);
        }
        return file.ToArray();
    }

    /// <summary>A file of json is recognized by its start, whatever follows.</summary>
    public byte[] Start()
    {
        var record = new AuditRecord(_time, "10.1.2.3", new AuditActor("editor", "16"), [new AuditField("Comment", new string('y', 5000))]);
        return isJson ? _format.ToBytes(record) : [];
    }

    private byte[] Piece() => _random.Next(30) switch
    {
        0 => "\n"u8.ToArray(),
        1 => Record()[.._random.Next(1, 40)],
        2 => [.. Record()[.._random.Next(1, 40)], .. "\\u{torn}\n\n"u8],
        3 => new byte[_random.Next(1, 300)],
        4 => Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("rubbish ", _random.Next(1, 60)))),
        5 => Record() is var record ? [.. record[..(record.Length / 2)], .. new byte[_random.Next(1, 4)], .. record[(record.Length / 2)..]] : [],
        6 => [.. "\t"u8, .. Record()],
        7 => [.. "[ May 23 2007 14:47:58 ] "u8, .. Record()],
        8 => [.. Record()[..^1], .. "no field\n\tand more\n\n"u8],
        9 => [.. Record()[..^1], .. "bytes: \xff\xfe\n\n"u8],
        10 => [.. Foreign(), .. "\n"u8],
        _ => Record(),
    };

    private byte[] JsonPiece() => _random.Next(30) switch
    {
        0 => "\n"u8.ToArray(),
        1 => Record()[.._random.Next(1, 60)],
        2 => [.. Record()[.._random.Next(1, 60)], .. "\\u{torn}\n"u8],
        3 => new byte[_random.Next(1, 300)],
        4 => Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("rubbish ", _random.Next(1, 60))) + (_random.Next(2) == 0 ? "\n" : "")),
        5 => Record() is var record ? [.. record[..(record.Length / 2)], .. new byte[_random.Next(1, 4)], .. record[(record.Length / 2)..]] : [],
        6 => [.. "\t"u8, .. Record()],
        7 => Changed(line => line.Replace(",\"", ", \"", StringComparison.Ordinal)),
        8 => Changed(line => line.Replace("\"address\"", "\"later\":{\"x\":[1]},\"address\"", StringComparison.Ordinal)),
        9 => Changed(line => line.Replace("\"address\"", "\"address\":\"twice\",\"address\"", StringComparison.Ordinal)),
        10 => Changed(line => line.Replace("b", "\\u0062", StringComparison.Ordinal).Replace("N", "\\u004E", StringComparison.Ordinal)),
        11 => Changed(line => line.Replace("\"function\":", "\"later\":", StringComparison.Ordinal)),
        12 => Changed(line => line.Replace("h", "\u00ff", StringComparison.Ordinal)),
        13 => Changed(line => line.Replace("\"fields\":[", "\"fields\":[[\"half\"],", StringComparison.Ordinal)),
        14 => Changed(line => line.Replace("0000Z", "Z", StringComparison.Ordinal)),
        15 => Changed(line => line.Replace("\\", "\\x", StringComparison.Ordinal)),
        16 => Changed(line => line.Replace("}\n", "} {}\n", StringComparison.Ordinal)),
        _ => Record(),
    };

    private byte[] Changed(Func<string, string> change) => Encoding.Latin1.GetBytes(change(Encoding.Latin1.GetString(Record())));

    // As eZ Publish writes it: nothing escaped, lines of a value unindented.
    private byte[] Foreign() => Encoding.UTF8.GetBytes(
        $"[ May 23 2007 14:47:5{_random.Next(10)} ] [{Pick(Addresses)}] [{Pick(Logins)}:{Pick(Ids)}]\n{Pick(Names)}: {Pick(Values)}\n");

    private byte[] Record()
    {
        // A corrected clock goes back; the last Sunday of March is an hour short.
        _time += TimeSpan.FromSeconds(_random.Next(40) == 0 ? _random.Next(-90_000, 90_000) : _random.Next(0, 600));
        AuditField[] fields = [.. Enumerable.Range(0, _random.Next(0, 5)).Select(_ => new AuditField(Pick(Names), Value()))];
        var actor = new AuditActor(Pick(Logins), Pick(Ids));
        if (!isJson) return _format.ToBytes(new AuditRecord(_time, Pick(Addresses), actor, fields));
        string? session = _random.Next(3) == 0 ? Pick(Values) : null;
        string? trace = _random.Next(3) == 0 ? Pick(Values) : null;
        var output = new ArrayBufferWriter<byte>();
        _format.Write(new AuditRecordView(new AuditFunction { Name = Pick(Functions) }, _time.AddTicks(_random.Next(10_000_000)), Pick(Addresses), actor, fields, session, trace), output);
        return output.WrittenSpan.ToArray();
    }

    private string Value() => _random.Next(60) switch
    {
        0 => new string('x', _random.Next(3000)),
        1 => string.Concat(Enumerable.Range(0, _random.Next(6)).Select(_ => NastyText.Pieces[_random.Next(NastyText.Pieces.Length)])),
        _ => Pick(Values),
    };

    private string Pick(string[] texts) => texts[_random.Next(texts.Length)];

    /// <summary>A query that some of the records match.</summary>
    public AuditQuery Ask()
    {
        bool Sometimes() => _random.Next(3) == 0;
        return new AuditQuery
        {
            Since = Sometimes() ? _time - TimeSpan.FromSeconds(_random.Next(100_000)) : null,
            Until = Sometimes() ? _time - TimeSpan.FromSeconds(_random.Next(50_000)) : null,
            Actors = Sometimes() ? [.. Enumerable.Range(0, _random.Next(1, 4)).Select(_ => Sometimes() ? $"{Pick(Logins)}:{Pick(Ids)}" : Pick(_random.Next(2) == 0 ? Logins : Ids))] : [],
            Addresses = Sometimes() ? [_random.Next(3) switch { 0 => Pick(Addresses), 1 => "10.1.0.0/16", _ => "2001:db8::/32" }] : [],
            Fields = Sometimes() ? [.. Enumerable.Range(0, _random.Next(1, 3)).Select(_ => Test())] : [],
            Texts = Sometimes() ? [Part(Pick(_random.Next(2) == 0 ? Values : Names))] : [],
            IgnoreCase = Sometimes(),
            Outcome = _random.Next(8) == 0 ? AuditOutcome.Failure : null,
            Functions = isJson && _random.Next(4) == 0 ? [Pick(["node-move", "*failed", "é*"])] : [],
        };
    }

    private AuditFieldTest Test() => _random.Next(3) switch
    {
        0 => new AuditFieldTest(Pick(Names), AuditFieldComparison.Equals, Pick(Values)),
        1 => new AuditFieldTest(Pick(Names), AuditFieldComparison.Contains, Part(Pick(Values))),
        _ => new AuditFieldTest(Pick(Names), AuditFieldComparison.Matches, "^[0-9]+$|o"),
    };

    private string Part(string text)
    {
        int start = _random.Next(text.Length + 1);
        return text.Substring(start, _random.Next(text.Length - start + 1));
    }
}
