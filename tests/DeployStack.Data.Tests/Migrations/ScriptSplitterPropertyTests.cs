using CsCheck;
using DeployStack.Data.Migrations.Scripts;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace DeployStack.Data.Tests.Migrations;

/// <summary>Random scripts: whatever is in them, nothing is lost, and SQLite cuts them at the same places.</summary>
public sealed class ScriptSplitterPropertyTests
{
    private static readonly string[] _pieces =
    [
        "SELECT", "CREATE", "TEMP", "TRIGGER", "BEGIN", "END", "CASE", "WHEN", "x", "42", "'", "''", "\"", "`", "[", "]", "--", "/*", "*/", "-", "/",
        ";", "; END", "\n", " ", "--> statement-breakpoint\n", "'a;b'", "\"c;d\"", "Grüße", "@p", "::", ",", "(", ")",
    ];

    // executed one after the other they are valid in any order
    private static readonly string[] _statements =
    [
        "SELECT ';', 'it''s', \"x;\", [y;], `z;` FROM (SELECT 1 AS \"x;\", 2 AS [y;], 3 AS `z;`)",
        "CREATE TABLE IF NOT EXISTS spans (begin INTEGER, \"end\" INTEGER /* ; */, note TEXT DEFAULT ';') -- ;\n",
        "INSERT INTO spans VALUES (1, 2, '-- no; comment'), (CASE WHEN 1 THEN 2 END, 3, '/*')",
        "CREATE TRIGGER IF NOT EXISTS t1 AFTER INSERT ON spans BEGIN UPDATE spans SET note = 'x;' WHERE begin = CASE new.begin WHEN 1 THEN 2 END; SELECT 1; END",
        "CREATE TEMP TRIGGER IF NOT EXISTS t2 AFTER UPDATE OF begin, end ON spans WHEN new.begin < new.end BEGIN DELETE FROM spans WHERE end = old.end; /* END; */ END",
        "DROP TRIGGER IF EXISTS t1",
        "/* ; */ SELECT 1 - -1 -- it's a comment\n, 4 / 2 * 3",
        "UPDATE spans SET note = '\n;\n' || note",
        "SELECT begin, end FROM spans WHERE note LIKE '%''%'",
    ];

    private static readonly string[] _separators = [";", ";\n", " ; ;\n", ";-- it's\n", ";/* ; \n */", ";\n--> statement-breakpoint\n"];

    [Fact]
    public void The_statements_together_hold_every_token_of_the_script()
        => OneOf(_pieces).Array[0, 40].Select(string.Concat).Sample(
            script =>
            {
                var statements = ScriptSplitter.Split(script, out var fault);
                var found = string.Join('|', statements.SelectMany(each => Words(each.Sql)));
                var all = string.Join('|', Words(script));
                return fault is null ? found == all : all.StartsWith(found, StringComparison.Ordinal);
            },
            iter: 20_000);

    [Fact]
    public void Tokens_together_are_the_text()
        => OneOf(_pieces).Array[0, 40].Select(string.Concat).Sample(
            script => string.Concat(SqlTokenizer.Tokens(script).Select(token => token.Of(script))) == script,
            iter: 5_000);

    [Fact]
    public void SQLite_cuts_a_script_at_the_same_places()
        => Gen.Select(OneOf(_statements), OneOf(_separators)).Array[1, 8].Sample(
            parts =>
            {
                var script = _statements[1] + ";" + string.Concat(parts.Select(part => part.Item1 + part.Item2));
                Assert.Equal(ExecutedBySqlite(script), ScriptSplitter.Split(script, out _).Select(each => Squeeze(each.Sql)));
            },
            iter: 400);

    private static Gen<string> OneOf(string[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    // semicolons between statements belong to none; inside a trigger they are compared by the other properties
    private static IEnumerable<string> Words(string sql)
        => SqlTokenizer.Tokens(sql).Where(token => token.IsSignificant && token.Kind is not SqlTokenKind.Semicolon).Select(token => token.Of(sql));

    private static List<string> ExecutedBySqlite(string script)
    {
        using var connection = new SqliteConnection("Data Source=:memory:;Pooling=False");
        connection.Open();
        var executed = new List<string>();
        for (var rest = script; rest.Length > 0;)
        {
            Assert.Equal(raw.SQLITE_OK, raw.sqlite3_prepare_v2(connection.Handle, rest, out var statement, out var tail));
            using (statement)
            {
                var text = rest[..(rest.Length - tail.Length)];
                if (Squeeze(text).Length > 0)
                {
                    executed.Add(Squeeze(text));
                    while (raw.sqlite3_step(statement) == raw.SQLITE_ROW)
                    {
                    }
                }
            }

            rest = tail;
        }

        return executed;
    }

    // the tokens that count, the closing semicolon left out
    private static string Squeeze(string sql)
    {
        var tokens = SqlTokenizer.Tokens(sql).Where(token => token.IsSignificant).Select(token => token.Of(sql)).ToList();
        return string.Join(' ', tokens.SkipWhile(token => token == ";").Reverse().SkipWhile(token => token == ";").Reverse());
    }
}
