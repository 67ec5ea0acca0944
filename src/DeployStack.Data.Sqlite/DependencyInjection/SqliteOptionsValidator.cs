using System.Numerics;
using Microsoft.Extensions.Options;

namespace DeployStack.Data.Sqlite.DependencyInjection;

/// <summary>The limits of the options; what depends on the file is checked when it is opened.</summary>
internal sealed class SqliteOptionsValidator : IValidateOptions<SqliteOptions>
{
    public ValidateOptionsResult Validate(string? name, SqliteOptions options)
    {
        var faults = Faults(options).ToList();
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static IEnumerable<string> Faults(SqliteOptions options)
    {
        if (options.Path is { } path && (string.IsNullOrWhiteSpace(path) || path.Any(char.IsControl)))
        {
            yield return "Path must be a file path or ':memory:', without control characters.";
        }

        if (options.Path?.StartsWith("file:", StringComparison.OrdinalIgnoreCase) == true)
        {
            yield return "Path must be a plain path: a file: URI could open the database without locks.";
        }

        if (!Enum.IsDefined(options.Profile))
        {
            yield return $"Profile {(int)options.Profile} is unknown.";
        }

        foreach (var (value, member) in Positive(options))
        {
            if (value <= TimeSpan.Zero || value.TotalMilliseconds > int.MaxValue)
            {
                yield return $"{member} must be positive and below 24 days.";
            }
        }

        foreach (var (value, minimum, maximum, member) in Ranges(options))
        {
            if (value is { } given && (given < minimum || given > maximum))
            {
                yield return $"{member} must be from {minimum} to {maximum}.";
            }
        }

        if (options.SnapshotIdle < TimeSpan.Zero || options.SnapshotIdle.TotalMilliseconds > int.MaxValue)
        {
            yield return "SnapshotIdle must not be negative; zero keeps no snapshot.";
        }

        if (options.Pragmas.PageSize is { } size && !BitOperations.IsPow2(size))
        {
            yield return "Pragmas.PageSize must be a power of two.";
        }

        if (options.Types is null)
        {
            yield return "Types must not be null.";
        }
    }

    private static IEnumerable<(TimeSpan Value, string Member)> Positive(SqliteOptions options) =>
    [
        (options.BusyTimeout, nameof(options.BusyTimeout)),
        (options.AcquireTimeout, nameof(options.AcquireTimeout)),
        (options.MaxGroupTime, nameof(options.MaxGroupTime)),
        (options.SnapshotMaxAge, nameof(options.SnapshotMaxAge)),
        (options.WalTruncateIdle, nameof(options.WalTruncateIdle)),
        (options.DisposeTimeout, nameof(options.DisposeTimeout)),
    ];

    private static IEnumerable<(long? Value, long Minimum, long Maximum, string Member)> Ranges(SqliteOptions options) =>
    [
        (options.Readers, 1, 1_024, nameof(options.Readers)),
        (options.MaxGroupUnits, 1, 65_536, nameof(options.MaxGroupUnits)),
        (options.StatementCacheSize, 1, 10_000, nameof(options.StatementCacheSize)),
        (options.CheckpointPages, 1, int.MaxValue, nameof(options.CheckpointPages)),
        (options.Pragmas.WriterCacheKiB, 1, int.MaxValue, "Pragmas.WriterCacheKiB"),
        (options.Pragmas.ReaderCacheKiB, 1, int.MaxValue, "Pragmas.ReaderCacheKiB"),
        (options.Pragmas.MmapSize, 0, long.MaxValue, "Pragmas.MmapSize"),
        (options.Pragmas.PageSize, 512, 65_536, "Pragmas.PageSize"),
        (options.Pragmas.MaxPageCount, 1, 4_294_967_294, "Pragmas.MaxPageCount"),
        (options.Pragmas.JournalSizeLimit, 0, long.MaxValue, "Pragmas.JournalSizeLimit"),
    ];
}
