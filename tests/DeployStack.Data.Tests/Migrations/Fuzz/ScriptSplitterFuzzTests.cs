using System.Globalization;
using System.Text;
using DeployStack.Data.Migrations.Lint;
using DeployStack.Data.Migrations.Scripts;

namespace DeployStack.Data.Tests.Migrations.Fuzz;

/// <summary>Thousands of random scripts, cut exactly where SQLite cuts them: it prepares each and tells where it stopped.</summary>
public sealed class ScriptSplitterFuzzTests
{
    private static readonly string[] _soup =
    [
        "SELECT", "CREATE", "TEMP", "TABLE", "BEGIN", "END", "CASE", "WHEN", "x", "42", "'", "''", "\"", "`", "[", "]", "--", "/*", "*/", "-", "/", "*", "\\", "!", "|",
        ";", "; END", "\n", "\r", " ", "\f", "\v", "'a;b'", "\"c;d\"", "Grüße", "\u0085", "\u2028", "\uFEFF", "@p", "$p", ":p", "#p", "?1", "::", "->", "->>", ",", "(", "x'", "1e5", "0x1F", "1_0", "a$b", "EXPLAIN", "😀",
    ];

    private static readonly string[] _tables =
    [
        "CREATE TABLE", "ALTER TABLE", "DROP TABLE", "RENAME TO", "ADD COLUMN", "DROP COLUMN", "CREATE UNIQUE INDEX", "ON", "REFERENCES", "ON DELETE CASCADE", "FOREIGN KEY", "PRIMARY KEY", "CHECK", "DEFAULT", "NOT NULL",
        "INSERT INTO", "SELECT * FROM", "REPLACE INTO", "UPDATE", "SET", "DELETE FROM", "WITH", "AS", "spans", "[it's]", "begin", "\"x\"", "'y'", "(", ")", ",", ".", "=", ";", ";", "VALUES", "WHERE", "CREATE VIEW", "CREATE TRIGGER t AFTER INSERT ON", "IF NOT EXISTS", "PRAGMA", "-1.5", "AND",
        "-- deploystack: allow DL101\n", "-- deploystack: allow because\n",
    ];

    private static int Amount { get; } = int.TryParse(Environment.GetEnvironmentVariable("RELIABILITY_SCALE"), NumberStyles.None, CultureInfo.InvariantCulture, out var scale) && scale > 0 ? scale : 1;

    [Fact]
    public void Ten_thousand_valid_scripts_are_cut_where_SQLite_cuts_them()
    {
        using var sqlite = new PreparedScript(RandomScript.Schema);
        var statements = 0;
        for (var seed = 0; seed < 10_000 * Amount; seed++)
        {
            var (script, forSqlite) = RandomScript.Of(seed);
            var bytes = Encoding.UTF8.GetBytes(forSqlite);
            var expected = sqlite.Regions(bytes, out var refused);
            Assert.True(refused is null, $"seed {seed}: {(refused is { } at ? sqlite.Why(bytes, at) : string.Empty)}"); // the maker writes valid SQL only
            var found = ScriptSplitter.Split(script, out var fault);
            Assert.True(fault is null, $"seed {seed}: {fault?.Message}\n{script}");
            Compare(sqlite, bytes, expected, script, found, exact: true, $"seed {seed}:\n{script}");
            statements += found.Count;
        }

        Assert.True(statements > 30_000 * Amount, $"{statements} statements"); // the scripts are not empty
    }

    [Fact]
    public void Damaged_scripts_are_cut_alike_up_to_the_first_error()
    {
        using var sqlite = new PreparedScript(RandomScript.Schema);
        var wholly = 0;
        for (var seed = 0; seed < 5_000 * Amount; seed++)
        {
            var script = Damage(RandomScript.Of(seed).ForSqlite, new Random(seed));
            var bytes = Encoding.UTF8.GetBytes(script);
            var expected = sqlite.Regions(bytes, out var refused);
            var found = ScriptSplitter.Split(script, out var fault);
            if (script.Contains("--> statement-breakpoint", StringComparison.Ordinal))
            {
                continue; // damage can put the marker where it ends a statement, which SQLite does not know
            }

            Assert.True(fault is null || refused is not null, $"seed {seed}: {fault?.Message}, but SQLite takes it\n{script}");
            Compare(sqlite, bytes, expected, script, found, exact: refused is null, $"seed {seed}:\n{script}");
            wholly += refused is null ? 1 : 0;
        }

        Assert.InRange(wholly, 200, 4_500 * Amount); // some of each kind
    }

    [Fact]
    public void What_is_no_SQL_at_all_is_cut_where_the_shell_would_cut_it()
    {
        for (var seed = 0; seed < 20_000 * Amount; seed++)
        {
            var random = new Random(seed);
            var script = string.Concat(Enumerable.Range(0, random.Next(40)).Select(_ => _soup[random.Next(_soup.Length)]));
            foreach (var statement in ScriptSplitter.Split(script, out _))
            {
                Assert.True(PreparedScript.IsComplete(statement.Sql + ";"), $"seed {seed}: not complete: {statement.Sql}");
                for (var i = statement.Sql.IndexOf(';', StringComparison.Ordinal); i >= 0; i = statement.Sql.IndexOf(';', i + 1))
                {
                    Assert.False(PreparedScript.IsComplete(statement.Sql[..(i + 1)]), $"seed {seed}: complete at {i}: {statement.Sql}");
                }
            }
        }
    }

    [Fact]
    public void The_lint_reads_whatever_it_is_given()
    {
        for (var seed = 0; seed < 2_000 * Amount; seed++)
        {
            var random = new Random(seed);
            var soup = string.Concat(Enumerable.Range(0, random.Next(40)).Select(_ => _tables[random.Next(_tables.Length)] + " "));
            var scripts = new Dictionary<string, string> { ["1"] = RandomScript.Schema, ["2"] = RandomScript.Of(seed).Script, ["3"] = Damage(RandomScript.Of(seed).Script, random), ["4"] = soup };
            Assert.All(MigrationLint.Check(scripts).Findings, static finding => Assert.True(finding.Line > 0 && finding.Statement > 0 && finding.Message.Length > 0));
        }
    }

    [Theory]
    [InlineData("SELECT $a(;), 1; SELECT 2", 2)] // Tcl's array variables
    [InlineData("SELECT $a::b(;); SELECT 2", 2)]
    [InlineData("SELECT @a::(;); SELECT 2", 2)]
    [InlineData("SELECT :a(x), #b(;) ; SELECT 2", 2)]
    [InlineData("SELECT 1;\uFEFF;\uFEFF", 1)]
    [InlineData("SELECT 1; /*/ ; */", 1)]
    [InlineData("EXPLAIN QUERY PLAN CREATE TEMP TRIGGER t AFTER INSERT ON spans BEGIN SELECT 1; END; SELECT 2", 2)]
    [InlineData("CREATE TRIGGER t AFTER INSERT ON spans WHEN CASE WHEN 1 THEN 2 ELSE new.begin END BEGIN SELECT 1; END; SELECT 2", 2)]
    public void Known_oddities_are_cut_where_SQLite_cuts_them(string script, int statements)
    {
        using var sqlite = new PreparedScript(RandomScript.Schema);
        var bytes = Encoding.UTF8.GetBytes(script);
        var expected = sqlite.Regions(bytes, out var refused);
        Assert.True(refused is null, refused is { } at ? sqlite.Why(bytes, at) : string.Empty);
        var found = ScriptSplitter.Split(script, out _);
        Assert.Equal(statements, found.Count);
        Compare(sqlite, bytes, expected, script, found, exact: true, script);
    }

    [Fact]
    public void A_NUL_is_a_fault_with_its_line()
    {
        Assert.Single(ScriptSplitter.Split("SELECT 1;\nSELECT '\0';\nSELECT 2", out var fault));
        Assert.Equal((2, 2), (fault!.Line, fault.Statement));
        Assert.Contains("NUL", fault.Message, StringComparison.Ordinal);
    }

    // each statement lies in the region that SQLite read for it, and SQLite sees nothing in what was left out
    private static void Compare(PreparedScript sqlite, byte[] bytes, List<Range> regions, string script, IReadOnlyList<ScriptStatement> found, bool exact, string message)
    {
        Assert.True(exact ? regions.Count == found.Count : regions.Count <= found.Count, $"SQLite cuts {regions.Count}, we {found.Count}; {message}");
        var lines = LineStarts(script);
        foreach (var (region, statement) in regions.Zip(found))
        {
            var start = lines[statement.Line - 1] + statement.Column - 1;
            Assert.True(string.CompareOrdinal(script, start, statement.Sql, 0, statement.Sql.Length) == 0, "line and column; " + message);
            var first = Encoding.UTF8.GetByteCount(script.AsSpan(0, start));
            var last = first + Encoding.UTF8.GetByteCount(statement.Sql);
            var (from, to) = (region.Start.Value, region.End.Value);
            Assert.True(from <= first && last <= to, $"{statement.Sql} is not in {Encoding.UTF8.GetString(bytes[region])}; {message}");
            Assert.True(sqlite.IsBlank(bytes.AsSpan(from, first - from)), "before the statement; " + message);
            Assert.True(sqlite.IsBlank(bytes.AsSpan(last, to - last)), "behind the statement; " + message);
        }
    }

    private static List<int> LineStarts(string text)
        => [0, .. text.Select(static (c, i) => (c, i)).Where(static each => each.c == '\n').Select(static each => each.i + 1)];

    private static string Damage(string script, Random random)
    {
        var at = random.Next(script.Length + 1);
        return random.Next(4) switch
        {
            0 => script[..at],
            1 => script.Remove(at, Math.Min(random.Next(1, 4), script.Length - at)),
            2 => script.Insert(at, _soup[random.Next(_soup.Length)]),
            _ => script.Insert(at, ";"),
        };
    }
}
