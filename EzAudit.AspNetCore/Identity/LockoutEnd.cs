using Microsoft.AspNetCore.Identity;

namespace EzAudit.AspNetCore.Identity;

/// <summary>Tells by the end of a lockout whether failed attempts or a person locked the account: Identity has one field for both.</summary>
internal static class LockoutEnd
{
    // Nobody can say of an end that is near which of both it was; one that failed attempts cannot reach was set by hand.
    public static bool IsDisabled(DateTimeOffset end, IdentityOptions options) =>
        end - TimeProvider.System.GetUtcNow() > options.Lockout.DefaultLockoutTimeSpan;
}
