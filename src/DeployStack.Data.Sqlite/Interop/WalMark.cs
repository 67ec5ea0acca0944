using System.Numerics;
using System.Runtime.InteropServices;

namespace DeployStack.Data.Sqlite.Interop;

/// <summary>Bytes 8 to 40 of the wal-index header; equal marks mean that nothing was committed in between.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct WalMark(ulong Change, ulong Frames, ulong Checksum, ulong Salt)
{
    /// <summary>Reads the mark of a header.</summary>
    public static unsafe WalMark Read(byte* head) => new(
        Volatile.Read(ref *(ulong*)(head + 8)),
        Volatile.Read(ref *(ulong*)(head + 16)),
        Volatile.Read(ref *(ulong*)(head + 24)),
        Volatile.Read(ref *(ulong*)(head + 32)));

    /// <summary>The mark in one number: a change of any word changes it, but for a chance of one in 2⁶⁴.</summary>
    public ulong Fold()
    {
        const ulong Odd = 0x9E3779B97F4A7C15;
        var folded = (Change + Odd) * Odd;
        folded = (BitOperations.RotateLeft(folded, 29) ^ Frames) * Odd;
        folded = (BitOperations.RotateLeft(folded, 29) ^ Checksum) * Odd;
        return (BitOperations.RotateLeft(folded, 29) ^ Salt) * Odd;
    }
}
