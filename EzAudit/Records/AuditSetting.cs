namespace EzAudit.Records;

/// <summary>A setting, and where it comes from.</summary>
/// <param name="Section">The section it stands in.</param>
/// <param name="Key">The key, for an entry of an array with the entry's name: <c>AuditFileNames[user-login]</c>.</param>
/// <param name="Value">What it says; the entries of an array joined by <c>, </c>.</param>
/// <param name="File">The settings file, relative to the root; <see langword="null"/> where no file sets it and it is built in.</param>
/// <param name="Line">The line, from 1; 0 where it is built in.</param>
/// <param name="Layer">The layer of the file, such as <c>override</c> or <c>extension shop</c>; <c>built in</c> where no file sets it.</param>
public sealed record AuditSetting(string Section, string Key, string Value, string? File, int Line, string Layer)
{
    /// <summary><c>FILE:LINE (LAYER)</c>, or <c>built in</c>.</summary>
    public string Place => File is null ? Layer : $"{File}:{Line} ({Layer})";
}
