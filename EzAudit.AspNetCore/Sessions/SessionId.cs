using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Authentication;

namespace EzAudit.AspNetCore.Sessions;

/// <summary>The id of a session: where its ticket holds it, and how it is written.</summary>
internal static class SessionId
{
    /// <summary>The entry of a ticket's <see cref="AuthenticationProperties"/> that holds the id.</summary>
    public const string Entry = ".ezaudit.session";

    private const int WrittenBytes = 16;

    public static string New() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(WrittenBytes));

    public static string? Of(AuthenticationProperties? properties) =>
        properties is not null && properties.Items.TryGetValue(Entry, out string? id) ? id : null;

    /// <summary>The id as records have it: a digest, so that nobody can go on with a session by what is in a log file.</summary>
    public static string Written(string id) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(id)).AsSpan(0, WrittenBytes));
}
