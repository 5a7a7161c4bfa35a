namespace EzAudit.Records;

/// <summary>A setting and its source.</summary>
/// <param name="Section">The section that contains it.</param>
/// <param name="Key">The key; for an entry of an array, with the name of the entry: <c>AuditFileNames[user-login]</c>.</param>
/// <param name="Value">The value; for an array, its entries joined by <c>, </c>.</param>
/// <param name="File">The settings file, relative to the root; <see langword="null"/> if it is a built-in default.</param>
/// <param name="Line">The line, from 1; 0 if it is a built-in default.</param>
/// <param name="Layer">The layer of the file, such as <c>override</c> or <c>extension shop</c>; <c>built in</c> if no file sets it.</param>
public sealed record AuditSetting(string Section, string Key, string Value, string? File, int Line, string Layer)
{
    /// <summary><c>FILE:LINE (LAYER)</c>, or <c>built in</c>.</summary>
    public string Place => File is null ? Layer : $"{File}:{Line} ({Layer})";
}
