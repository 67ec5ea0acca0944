using System.Runtime.InteropServices;
using System.Text;

namespace DeployStack.Data.Settings.Secrets.Keys;

/// <summary>Makes the names in a directory durable, which .NET has no call for: a rename that a power cut takes back would
/// take a key with it under which secrets are stored.</summary>
internal static class DirectorySync
{
    private const int ReadOnly = 0;
    private const int InvalidArgument = 22;

    /// <exception cref="IOException">The directory could not be synced.</exception>
    public static void Flush(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var descriptor = Open(Encoding.UTF8.GetBytes(folder + '\0'), ReadOnly);
        if (descriptor < 0)
        {
            return; // a directory that may be written and not read: its names cannot be synced by anybody
        }

        var failed = Sync(descriptor) != 0;
        var error = Marshal.GetLastPInvokeError();
        _ = Close(descriptor);
        if (failed && error != InvalidArgument) // the file system does not sync directories
        {
            throw new IOException($"Syncing the directory '{folder}' failed: {Marshal.GetPInvokeErrorMessage(error)}");
        }
    }

    [DllImport("libc", EntryPoint = "open", ExactSpelling = true, SetLastError = true)]
    private static extern int Open(byte[] path, int flags);

    [DllImport("libc", EntryPoint = "fsync", ExactSpelling = true, SetLastError = true)]
    private static extern int Sync(int descriptor);

    [DllImport("libc", EntryPoint = "close", ExactSpelling = true)]
    private static extern int Close(int descriptor);
}
