namespace DeployStack.Data.Benchmarks.Peers;

/// <summary>The pragmas that peers get: the same as the Production profile where they are tuned by hand.</summary>
internal static class Pragmas
{
    /// <summary>For one connection that lives as long as the process.</summary>
    public static string Tuned(bool isFull) => $"""
        PRAGMA journal_mode = WAL;
        PRAGMA {Synchronous(isFull)};
        PRAGMA cache_size = -16000;
        PRAGMA mmap_size = 268435456;
        PRAGMA temp_store = MEMORY;
        PRAGMA foreign_keys = ON;
        """;

    public static string Synchronous(bool isFull) => $"synchronous = {(isFull ? "FULL" : "NORMAL")}";
}
