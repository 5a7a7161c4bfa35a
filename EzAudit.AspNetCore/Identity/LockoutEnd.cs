using Microsoft.AspNetCore.Identity;

namespace EzAudit.AspNetCore.Identity;

/// <summary>Infers from the end of a lockout whether failed attempts or a person locked the account: Identity has one field for both.</summary>
internal static class LockoutEnd
{
    // A near end could come from either; an end that failed attempts cannot reach was set by hand. Identity sets and judges it by the system's
    // clock (UserManager of .NET 10 takes no TimeProvider), so it is compared with that clock, not with the audit trail's.
    public static bool IsDisabled(DateTimeOffset end, IdentityOptions options) =>
        end - TimeProvider.System.GetUtcNow() > options.Lockout.DefaultLockoutTimeSpan;
}
