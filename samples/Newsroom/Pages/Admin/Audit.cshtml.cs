using EzAudit;
using EzAudit.Records;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Newsroom.Accounts;

namespace Newsroom.Pages.Admin;

/// <summary>Shows the most recent audit records. AuditLogReader records who looks at them.</summary>
[Authorize(Permissions.ReadAudit)]
internal sealed class Audit(AuditWriter writer) : PageModel
{
    private const int Count = 50;

    public IReadOnlyList<AuditFoundRecord> Records { get; private set; } = [];

    public async Task OnGetAsync()
    {
        using var log = AuditLogReader.Open(writer);
        Records = await log.SearchBackwardsAsync(AuditQuery.All).Take(Count).ToListAsync(HttpContext.RequestAborted);
    }
}
