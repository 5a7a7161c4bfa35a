namespace EzAudit.AspNetCore.Requests;

/// <summary>Whether the application called <c>app.UseEzAudit()</c>; until then the middleware does nothing.</summary>
internal sealed class RequestPipeline
{
    private volatile bool _isUsed;

    public bool IsUsed => _isUsed;

    public void Use() => _isUsed = true;
}
