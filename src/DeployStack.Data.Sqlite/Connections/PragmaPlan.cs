using System.Globalization;

namespace DeployStack.Data.Sqlite.Connections;

/// <summary>The settings of one kind of connection, in the order in which they are set. Pure: no connection, no I/O.</summary>
internal sealed class PragmaPlan
{
    /// <summary>What is set by other calls than a pragma, and how it is reported.</summary>
    public const string DefensiveName = "defensive";
    public const string AttachLimitName = "limit_attached";

    private PragmaPlan(IReadOnlyList<Step> steps)
    {
        Steps = steps;
        Script = string.Join(';', steps.Where(static step => step.IsRepeatable).Select(static step => $"PRAGMA {step.Name}={step.Value}"));
    }

    /// <summary>One pragma.</summary>
    /// <param name="Name">SQLite's name.</param>
    /// <param name="Value">As it is set.</param>
    /// <param name="Expected">As SQLite answers when it is in force.</param>
    /// <param name="IsRepeatable">Whether it is set on each open; <c>journal_mode</c> and <c>page_size</c> belong to the file.</param>
    /// <param name="IsForNewFile">Whether it can be set only before the first page is written.</param>
    internal readonly record struct Step(string Name, string Value, string Expected, bool IsRepeatable = true, bool IsForNewFile = false);

    public IReadOnlyList<Step> Steps { get; }

    /// <summary>All repeatable pragmas in one text, so that opening costs one call.</summary>
    public string Script { get; }

    public static PragmaPlan For(SqliteSettings settings, ConnectionRole role)
    {
        var steps = new List<Step>();
        var writes = role != ConnectionRole.Reader;
        if (role == ConnectionRole.Writer)
        {
            // Before the first page is written, and before WAL, after which it can no longer change.
            steps.Add(new("page_size", Text(settings.PageSize), Text(settings.PageSize), IsRepeatable: false, IsForNewFile: true));
            var mode = settings.JournalMode.ToString();
            steps.Add(new("journal_mode", mode, mode.ToLowerInvariant(), IsRepeatable: false));
        }

        // Untrusted schema first: nothing of the file's own code runs before it.
        steps.Add(new("trusted_schema", "0", "0"));
        steps.Add(Number("synchronous", (int)settings.Synchronous));
        steps.Add(Flag("foreign_keys", settings.ForeignKeys));
        steps.Add(Number("cache_size", -(role == ConnectionRole.Reader ? settings.ReaderCacheKiB : settings.WriterCacheKiB)));
        if (role != ConnectionRole.Memory)
        {
            steps.Add(Number("mmap_size", settings.MmapSize));
        }

        steps.Add(Number("temp_store", (int)settings.TempStore));
        steps.Add(Flag("cell_size_check", settings.CellSizeCheck));
        if (writes)
        {
            steps.Add(Flag("secure_delete", settings.SecureDelete));
            steps.Add(Flag("recursive_triggers", settings.RecursiveTriggers));
            if (settings.MaxPageCount is { } pages)
            {
                steps.Add(Number("max_page_count", pages));
            }
        }

        if (role is ConnectionRole.Writer or ConnectionRole.Lent)
        {
            steps.Add(Number("journal_size_limit", settings.JournalSizeLimit));

            // The engine checkpoints by itself and reads the result; a lent connection has nobody who would.
            steps.Add(Number("wal_autocheckpoint", role == ConnectionRole.Writer ? 0 : settings.CheckpointPages));
        }

        if (role == ConnectionRole.Reader)
        {
            steps.Add(Flag("query_only", true));
        }

        return new(steps);
    }

    private static Step Number(string name, long value) => new(name, Text(value), Text(value));

    private static Step Flag(string name, bool value) => new(name, value ? "1" : "0", value ? "1" : "0");

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);
}
