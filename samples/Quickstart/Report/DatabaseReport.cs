using DeployStack.Data.Sqlite;

namespace DeployStack.Data.Quickstart.Report;

/// <summary>Where the database is, what runs it, and how large it is.</summary>
internal static class DatabaseReport
{
    public static void Write(Page page, ISqliteEngine engine, bool existed, IReadOnlyList<EffectiveSetting> settings)
    {
        page.Title("Database");
        page.Line("path", engine.Path);
        page.Line("file", existed ? "was there" : "created");
        page.Line("SQLite", engine.SqliteVersion);
        page.Text(string.Empty);
        var connections = settings.Select(static setting => setting.Connection).Distinct().ToList();
        page.Table(
            ["setting", .. connections.SelectMany(static connection => new[] { $">{connection} asked", ">got" }), ""],
            settings.GroupBy(static setting => setting.Name).Select(setting => Row(setting, connections)));
    }

    public static void Write(Page page, SqliteStatistics statistics)
    {
        page.Title("Statistics");
        page.Line("file", Numbers.Bytes(statistics.FileSize));
        page.Line("pages", $"{Numbers.Text(statistics.PageCount)} of {Numbers.Bytes(statistics.PageSize)}, {Numbers.Text(statistics.FreePages)} free");
        page.Line("write-ahead log", Numbers.Bytes(statistics.WalSize));
    }

    public static void Write(Page page, SqliteStatistics before, CheckpointResult checkpoint, SqliteStatistics after)
    {
        page.Title("Statistics, before and after a checkpoint");
        page.Line("file", $"{Numbers.Bytes(before.FileSize)}, then {Numbers.Bytes(after.FileSize)}");
        page.Line("pages", $"{Numbers.Text(after.PageCount)} of {Numbers.Bytes(after.PageSize)}, {Numbers.Text(after.FreePages)} free");
        page.Line("write-ahead log", $"{Numbers.Bytes(before.WalSize)} at its largest, then {Numbers.Bytes(after.WalSize)}{(checkpoint.Blocked ? ": a reader was in the way" : "")}");
        if (checkpoint.Error is { } error)
        {
            page.Line("checkpoint failed", error.Message);
        }
    }

    private static string[] Row(IGrouping<string, EffectiveSetting> setting, List<string> connections)
    {
        var cells = connections.Select(connection => setting.FirstOrDefault(each => each.Connection == connection)).ToList();
        return
        [
            setting.Key,
            .. cells.SelectMany(static cell => new[] { cell?.Asked ?? "", cell?.Got ?? "" }),
            setting.All(static each => each.IsAsAsked) ? Meaning(setting.First()) : "differs",
        ];
    }

    // SQLite answers in numbers
    private static string Meaning(EffectiveSetting setting) => (setting.Name, setting.Got) switch
    {
        ("synchronous", "1") => "NORMAL",
        ("synchronous", "2") => "FULL",
        ("temp_store", "2") => "MEMORY",
        ("cache_size", ['-', ..]) => "KiB, therefore negative",
        ("mmap_size" or "journal_size_limit", _) => "bytes",
        ("busy_timeout", _) => "ms",
        _ => "",
    };
}
