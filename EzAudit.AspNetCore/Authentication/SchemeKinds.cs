using System.Collections.Concurrent;
using EzAudit.AspNetCore.Security;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace EzAudit.AspNetCore.Authentication;

/// <summary>Determines the kind of a scheme: by the application's options, then its handler, then its name.</summary>
internal sealed class SchemeKinds(IOptions<AuditAuthenticationOptions> options)
{
    // Cookies that carry one step of a sign-in to the next, not a session.
    private static readonly string[] Steps =
        [IdentityConstants.ExternalScheme, IdentityConstants.TwoFactorUserIdScheme, IdentityConstants.TwoFactorRememberMeScheme];

    private static readonly (string Word, AuditSchemeKind Kind)[] Words =
    [
        ("Basic", AuditSchemeKind.Basic), ("ApiKey", AuditSchemeKind.ApiKey), ("Bearer", AuditSchemeKind.OAuth),
        ("Jwt", AuditSchemeKind.OAuth), ("Negotiate", AuditSchemeKind.SingleSignOn),
    ];

    private readonly ConcurrentDictionary<string, AuditSchemeKind> _known = new(StringComparer.Ordinal);

    public AuditSchemeKind Of(AuthenticationScheme? scheme) =>
        scheme is null ? AuditSchemeKind.None : _known.GetOrAdd(scheme.Name, static (_, state) => state.Kinds.Find(state.Scheme), (Kinds: this, Scheme: scheme));

    private AuditSchemeKind Find(AuthenticationScheme scheme)
    {
        if (options.Value.Schemes.TryGetValue(scheme.Name, out AuditSchemeKind kind)) return kind;
        Type handler = scheme.HandlerType;
        if (handler.IsAssignableTo(typeof(CookieAuthenticationHandler))) return Steps.Contains(scheme.Name) ? AuditSchemeKind.None : AuditSchemeKind.Session;
        if (handler == typeof(PolicySchemeHandler) || IsCompound(handler)) return AuditSchemeKind.None;
        return Words.FirstOrDefault(word => Has(handler.Name, word.Word) || Has(scheme.Name, word.Word)).Kind;
    }

    // A remote sign-in ends in a session scheme, and Identity's combined scheme in cookies or bearer tokens: both are recorded there.
    private static bool IsCompound(Type handler)
    {
        if (handler.Name == "CompositeIdentityHandler") return true;
        for (Type? type = handler; type is not null; type = type.BaseType)
        {
            if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(RemoteAuthenticationHandler<>)) return true;
        }
        return false;
    }

    private static bool Has(string name, string word) => name.Replace("-", "", StringComparison.Ordinal).Contains(word, StringComparison.OrdinalIgnoreCase);
}
