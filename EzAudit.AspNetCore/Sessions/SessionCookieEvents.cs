using EzAudit.AspNetCore.Security;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.Extensions.Options;

namespace EzAudit.AspNetCore.Sessions;

/// <summary>
/// Observes what only cookie events reveal: whose ticket is being examined, before it may be rejected, and when it is renewed. The application's
/// own events still run. Events set through <c>EventsType</c> are not observed: a rejected session then ends when it times out.
/// </summary>
internal sealed class SessionCookieEvents(SessionTable sessions) : IPostConfigureOptions<CookieAuthenticationOptions>
{
    public void PostConfigure(string? name, CookieAuthenticationOptions options)
    {
        if (options.EventsType is not null) return;
        CookieAuthenticationEvents events = options.Events;
        Func<CookieValidatePrincipalContext, Task> validate = events.OnValidatePrincipal;
        events.OnValidatePrincipal = context =>
        {
            SecurityFacts.Of(context.HttpContext).ExaminedSessionId = SessionId.Of(context.Properties);
            return validate(context);
        };
        Func<CookieSlidingExpirationContext, Task> slide = events.OnCheckSlidingExpiration;
        events.OnCheckSlidingExpiration = async context =>
        {
            await slide(context).ConfigureAwait(false);
            if (context.ShouldRenew && sessions.Find(SessionId.Of(context.Properties)) is { } session) await sessions.PingAsync(session).ConfigureAwait(false);
        };
    }
}
