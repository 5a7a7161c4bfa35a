namespace QuickStart;

/// <summary>A user who can sign in. The password itself is never stored.</summary>
internal sealed record Account(int Id, string Login, byte[] Salt, byte[] PasswordHash);
