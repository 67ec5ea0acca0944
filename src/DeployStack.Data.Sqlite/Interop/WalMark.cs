using System.Runtime.InteropServices;

namespace DeployStack.Data.Sqlite.Interop;

/// <summary>Bytes 8 to 40 of the wal-index header; equal marks mean that nothing was committed in between.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct WalMark(ulong Change, ulong Frames, ulong Checksum, ulong Salt);
