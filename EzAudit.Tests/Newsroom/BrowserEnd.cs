namespace EzAudit.Tests.Newsroom;

/// <summary>The browser that the tests share is closed when the last of them is done.</summary>
[TestClass]
public static class BrowserEnd
{
    [AssemblyCleanup]
    public static Task CloseAsync() => NewsroomBrowser.CloseAsync();
}
