using System.Security.Cryptography;
using Microsoft.AspNetCore.Authentication;

namespace EzAudit.AspNetCore.Sessions;

/// <summary>Creates session ids and stores them in tickets.</summary>
internal static class SessionId
{
    /// <summary>The item of a ticket's <see cref="AuthenticationProperties"/> that holds the id.</summary>
    public const string Entry = ".ezaudit.session";

    private const int Bytes = 16;

    public static string New() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(Bytes));

    public static string? Of(AuthenticationProperties? properties) =>
        properties is not null && properties.Items.TryGetValue(Entry, out string? id) ? id : null;
}
