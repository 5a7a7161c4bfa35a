using EzAudit;
using EzAudit.Records;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Newsroom.Accounts;

namespace Newsroom.Pages.Admin;

/// <summary>The last records of the audit trail. AuditLog puts on record who looks.</summary>
[Authorize(Permissions.ReadAudit)]
internal sealed class Audit(AuditWriter writer) : PageModel
{
    private const int Count = 50;

    public IReadOnlyList<AuditFoundRecord> Records { get; private set; } = [];

    public void OnGet()
    {
        using var log = AuditLog.Of(writer);
        Records = log.SearchBackwards(AuditQuery.All).Take(Count).ToList();
    }
}
