using EzAudit.Tests.EntityFrameworkCore.Databases;
using EzAudit.Tests.Newsroom;

namespace EzAudit.Tests.Support;

/// <summary>What tests share is closed when the last of them is done.</summary>
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
