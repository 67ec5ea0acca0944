using DeployStack.Data.Provider;
using Microsoft.Data.Sqlite;

namespace DeployStack.Data.Sqlite;

/// <summary>The options, completed by the profile and frozen: what the engine works from.</summary>
internal sealed record SqliteSettings
{
    public const string InMemory = ":memory:";
    public const string DefaultPath = "persistent_data/database/deploystack.db";
    public const string PathVariable = "SQLITE_DB_PATH";

    /// <summary>The absolute path, or <c>:memory:</c>.</summary>
    public required string Path { get; init; }

    /// <summary>The file name without its folder, for thread names and telemetry.</summary>
    public required string Name { get; init; }

    public bool IsMemory => IsInMemory(Path);

    public required bool ReadOnly { get; init; }

    public required bool FileMustExist { get; init; }

    public required Func<string?>? ProofOfExistence { get; init; }

    public required bool AllowNetworkFileSystem { get; init; }

    public required bool AllowUnsafeSqliteVersion { get; init; }

    public required TimeSpan BusyTimeout { get; init; }

    public required TimeSpan AcquireTimeout { get; init; }

    public required int Readers { get; init; }

    public required int MaxGroupUnits { get; init; }

    public required TimeSpan MaxGroupTime { get; init; }

    public required int StatementCacheSize { get; init; }

    public required TimeSpan SnapshotIdle { get; init; }

    public required TimeSpan SnapshotMaxAge { get; init; }

    public required int CheckpointPages { get; init; }

    public required TimeSpan WalTruncateIdle { get; init; }

    public required TimeSpan DisposeTimeout { get; init; }

    public required bool OptimizeOnClose { get; init; }

    public required SqliteJournalMode JournalMode { get; init; }

    public required SqliteSynchronous Synchronous { get; init; }

    public required int WriterCacheKiB { get; init; }

    public required int ReaderCacheKiB { get; init; }

    public required long MmapSize { get; init; }

    public required SqliteTempStore TempStore { get; init; }

    public required bool ForeignKeys { get; init; }

    public required bool SecureDelete { get; init; }

    public required bool CellSizeCheck { get; init; }

    public required bool RecursiveTriggers { get; init; }

    public required int PageSize { get; init; }

    public required long? MaxPageCount { get; init; }

    public required long JournalSizeLimit { get; init; }

    public required Action<SqliteConnection>? OnConnectionOpened { get; init; }

    /// <summary>What a database in memory begins with; empty for nothing.</summary>
    public ReadOnlyMemory<byte> Image { get; init; }

    /// <summary>The plugins of the database; their statements are confined. Shared by all handles.</summary>
    public PrincipalSet Principals { get; init; } = new();

    public static SqliteSettings From(SqliteOptions options)
    {
        var pragmas = options.Pragmas;
        var profile = options.Profile;
        var small = profile is SqliteProfile.Development or SqliteProfile.Testing;
        var durable = profile == SqliteProfile.Durable;
        var path = ResolvePath(options.Path);
        return new()
        {
            Path = path,
            Name = IsInMemory(path) ? InMemory : System.IO.Path.GetFileName(path),
            ReadOnly = options.ReadOnly,
            FileMustExist = options.FileMustExist,
            ProofOfExistence = options.ProofOfExistence,
            AllowNetworkFileSystem = options.AllowNetworkFileSystem,
            AllowUnsafeSqliteVersion = options.AllowUnsafeSqliteVersion,
            BusyTimeout = options.BusyTimeout,
            AcquireTimeout = options.AcquireTimeout,
            Readers = options.Readers ?? Math.Clamp(Environment.ProcessorCount, 2, 8),
            MaxGroupUnits = options.MaxGroupUnits,
            MaxGroupTime = options.MaxGroupTime,
            StatementCacheSize = options.StatementCacheSize,
            SnapshotIdle = options.SnapshotIdle,
            SnapshotMaxAge = options.SnapshotMaxAge,
            CheckpointPages = options.CheckpointPages,
            WalTruncateIdle = options.WalTruncateIdle,
            DisposeTimeout = options.DisposeTimeout,
            OptimizeOnClose = options.OptimizeOnClose ?? profile != SqliteProfile.Testing,
            JournalMode = pragmas.JournalMode ?? SqliteJournalMode.Wal,
            Synchronous = pragmas.Synchronous ?? (durable ? SqliteSynchronous.Full : SqliteSynchronous.Normal),
            WriterCacheKiB = pragmas.WriterCacheKiB ?? (small ? 4_000 : 16_000),
            ReaderCacheKiB = pragmas.ReaderCacheKiB ?? (small ? 2_000 : 8_000),
            MmapSize = pragmas.MmapSize ?? (profile == SqliteProfile.Production ? 256L << 20 : 0),
            TempStore = pragmas.TempStore ?? SqliteTempStore.Memory,
            ForeignKeys = pragmas.ForeignKeys ?? true,
            SecureDelete = pragmas.SecureDelete ?? durable,
            CellSizeCheck = pragmas.CellSizeCheck ?? durable,
            RecursiveTriggers = pragmas.RecursiveTriggers ?? false,
            PageSize = pragmas.PageSize ?? 4_096,
            MaxPageCount = pragmas.MaxPageCount,
            JournalSizeLimit = pragmas.JournalSizeLimit ?? 64L << 20,
            OnConnectionOpened = options.OnConnectionOpened,
            Image = options.Image,
        };
    }

    private static bool IsInMemory(string path) => string.Equals(path, InMemory, StringComparison.Ordinal);

    private static string ResolvePath(string? path)
    {
        path ??= Environment.GetEnvironmentVariable(PathVariable) is { Length: > 0 } variable ? variable : DefaultPath;
        return IsInMemory(path) ? path : System.IO.Path.GetFullPath(path);
    }
}
