namespace EzAudit.EntityFrameworkCore.Transactions;

/// <summary>Waits for a task that was started with isAsync: false. It is usually complete; otherwise it waits only for the disk.</summary>
internal static class Sync
{
    public static void Wait(ValueTask task)
    {
        if (task.IsCompleted) task.GetAwaiter().GetResult();
        else task.AsTask().GetAwaiter().GetResult();
    }
}
