using EzAudit.Records;

namespace EzAudit.Tests.Support;

/// <summary>A record with a unique id whose padding repeats the id, so that a test can tell whole records from torn ones.</summary>
internal static class NumberedRecord
{
    public const string IdField = "Id";
    public const string SizeField = "Size";
    public const string PaddingField = "Padding";

    public static bool Write(AuditWriter writer, string function, string id, int size) =>
        writer.WriteAudit(function, (IdField, id), (SizeField, size), (PaddingField, Padding(id, size)));

    public static string Padding(string id, int size) =>
        string.Create(size, id + ".", static (characters, text) =>
        {
            for (int i = 0; i < characters.Length; i++) characters[i] = text[i % text.Length];
        });

    /// <summary>The id of a record, if the record is whole.</summary>
    public static string? WholeId(AuditRecord record) =>
        record[IdField] is { } id && int.TryParse(record[SizeField], out int size) && record[PaddingField] == Padding(id, size) ? id : null;
}
