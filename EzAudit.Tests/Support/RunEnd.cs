using EzAudit.Tests.EntityFrameworkCore.Databases;
using EzAudit.Tests.Newsroom;

namespace EzAudit.Tests.Support;

/// <summary>Closes what the tests share after the last one.</summary>
[TestClass]
public static class RunEnd
{
    [AssemblyCleanup]
    public static async Task CloseAsync()
    {
        PostgreSqlServer.End();
        await NewsroomBrowser.CloseAsync();
    }
}
