using System.Runtime.InteropServices;
using NodaTime;

namespace EzAudit.Storage.Windows;

/// <summary>The Windows structure BY_HANDLE_FILE_INFORMATION.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 4)]
internal struct FileInformation
{
    public const uint DirectoryAttribute = 0x10;
    public const uint ReparsePointAttribute = 0x400;

    public uint Attributes;
    public long CreationTime;
    public long LastAccessTime;
    public long LastWriteTime;
    public uint VolumeSerial;
    public uint SizeHigh;
    public uint SizeLow;
    public uint Links;
    public uint IndexHigh;
    public uint IndexLow;

    public readonly FileIdentity Identity =>
        new(VolumeSerial, ((ulong)IndexHigh << 32) | IndexLow, ((long)SizeHigh << 32) | SizeLow, (Attributes & DirectoryAttribute) == 0,
            Instant.FromDateTimeUtc(DateTime.FromFileTimeUtc(LastWriteTime)));
}
