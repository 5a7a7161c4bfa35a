using System.Collections.Frozen;

namespace EzAudit.Formats.Secrets;

/// <summary>Words that say of a number what it is: an id, a code, a telephone number, and so no card.</summary>
internal static class IdWords
{
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Words = new[]
    {
        "id", "ids", "uid", "guid", "uuid", "identifier", "no", "nr", "num", "number", "nummer", "numero", "ref", "reference", "serial", "code", "key",
        "order", "orders", "invoice", "ticket", "tracking", "parcel", "shipment", "ean", "gtin", "upc", "sku", "isbn", "imei", "iccid", "iban",
        "phone", "telephone", "telefon", "tel", "mobile", "mobil", "handy", "fax", "account", "konto", "customer", "kunde", "bestellung", "rechnung",
        "auftrag", "transaction", "txn", "timestamp", "ticks", "session", "node", "object", "product", "article", "artikel", "user", "message", "snowflake",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Whether a name written in one piece is such a word or ends with one: <c>orderId</c>.</summary>
    public static bool IsEndOf(ReadOnlySpan<char> name) => Contain(name) || Contain(name[(name.LastIndexOfAnyInRange('A', 'Z') is var last and >= 0 ? last : name.Length)..]);

    public static bool Contain(ReadOnlySpan<char> word) => Words.Contains(word);
}
