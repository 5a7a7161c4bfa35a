namespace EzAudit.EntityFrameworkCore.Transactions;

/// <summary>Waits for what was told not to be asynchronous, and so is done, or waits for nothing but the disk.</summary>
internal static class Sync
{
    public static void Wait(ValueTask task)
    {
        if (task.IsCompleted) task.GetAwaiter().GetResult();
        else task.AsTask().GetAwaiter().GetResult();
    }
}
