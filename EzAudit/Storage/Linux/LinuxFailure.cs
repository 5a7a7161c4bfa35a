using EzAudit.Records;

namespace EzAudit.Storage.Linux;

/// <summary>Turns an error number into an exception that states file, step and cause.</summary>
internal static class LinuxFailure
{
    public static StorageException Of(AuditWriteStage stage, string path, int errno, bool mayBeStored = false) =>
        new(stage, path, errno, Errno.NameOf(errno), $"{path}: {Verb(stage)} failed: {Errno.MeaningOf(errno)} ({Errno.NameOf(errno)}).", mayBeStored);

    private static string Verb(AuditWriteStage stage) => stage switch
    {
        AuditWriteStage.Open => "opening",
        AuditWriteStage.Lock => "locking",
        AuditWriteStage.Rotate => "rotating",
        AuditWriteStage.Sync => "syncing",
        _ => "writing",
    };
}
