using EzAudit.AspNetCore;
using Microsoft.AspNetCore.Mvc;

namespace EzAudit.Tests.AspNetCore.Views;

/// <summary>Actions with attributes.</summary>
[AuditView("Ticket")]
[Route("tickets")]
public sealed class TicketsController : ControllerBase
{
    [HttpGet("{id:int}")]
    public OkObjectResult Show(int id) => Ok(new { id });

    [HttpGet]
    [AuditSearch("Ticket")]
    public ActionResult<List<string>> Search() => Ok(new List<string> { "a", "b", "c" });

    [HttpGet("{id:int}/attachment")]
    [AuditDownload("Ticket")]
    public FileContentResult Attachment() => File(new byte[42], "application/octet-stream", "attachment.bin");

    [HttpGet("{id:int}/raw")]
    [AuditView("Raw ticket")]
    public ContentResult Raw() => Content("raw");
}
