using System.Text;

namespace DeployStack.Data.Tests.Migrations.Fuzz;

/// <summary>A random script of statements that SQLite can prepare against <see cref="Schema"/>, in whatever order.</summary>
/// <remarks>Equal seeds give equal scripts.</remarks>
internal sealed class RandomScript
{
    public const string Schema = """
        CREATE TABLE spans (begin INTEGER, "end" INTEGER, note TEXT, "semi;colon" TEXT, data BLOB);
        CREATE TABLE "größe;" (größe INTEGER PRIMARY KEY, _1 INTEGER, a$b INTEGER);
        CREATE TABLE [it's] (x INTEGER);
        CREATE VIEW seen AS SELECT * FROM spans;
        """;

    private static readonly string[] _blanks =
    [
        " ", " ", " ", " ", "\n", "\t", "\r\n", "\r", " \f ", "\n\v", "  ", "/**/", "/* ; */", "/* END; */", "/*/ ; */", "/* /* ; */", "-- ;\n", "--\n", "-- it's; \"x\n", "--\r;\n", "/* 'a */",
        " /*\u2028;*/ ", "-- \u0085 ; \u2028 ;\n", "\uFEFF ", "/* '; ' \" ; */", "-- /* ;\n", "/* -- ; */", "/*;**/",
    ];

    private static readonly string[] _separators = [";", ";", ";\n", ";\r\n", " ;; ;", ";-- it's;\n", ";/* ; \n */", ";\uFEFF;", ";/*;*/;", ";\n\n\t"];

    private static readonly string[] _text = [";", "'';''", "''", "-- ", "/*", "*/", "\n;\n", "\r", "\"", "[", "]", "`", "END;", "BEGIN ", "größe", "\u2028", "\u0085", "\f\v", "\uFEFF", "x", "$a(", "--> statement-breakpoint\n", "😀", "\\"];

    private static readonly string[] _columns = ["begin", "BEGIN", "end", "\"end\"", "[end]", "`end`", "note", "\"note\"", "\"semi;colon\"", "[semi;colon]", "`semi;colon`", "data"];

    private readonly Random _random;

    private RandomScript(int seed) => _random = new(seed);

    /// <summary>The script, and the same where SQLite, which does not know the marker between statements, sees a semicolon.</summary>
    public static (string Script, string ForSqlite) Of(int seed)
    {
        var maker = new RandomScript(seed);
        var script = new StringBuilder();
        var forSqlite = new StringBuilder();
        Both(maker.Maybe(3, "\uFEFF") + maker.Maybe(2, maker.Blank()));
        for (var left = maker._random.Next(1, 9); left > 0; left--)
        {
            Both(maker.Statement());
            if (maker._random.Next(8) == 0)
            {
                script.Append("\n--> statement-breakpoint");
                forSqlite.Append("\n;-- statement-breakpoint");
                Both(maker.Any(["\n", " and; more\n", "\r\n"]));
            }
            else
            {
                Both(left == 1 ? maker.Any(["", ";", " -- the end", "/* never closed ;", "; /* ;", ";--", " /*x"]) : maker.Any(_separators));
            }

            Both(left == 1 ? string.Empty : maker.Maybe(2, maker.Blank()));
        }

        return (script.ToString(), forSqlite.ToString());

        void Both(string text)
        {
            script.Append(text);
            forSqlite.Append(text);
        }
    }

    private string Statement() => _random.Next(11) switch
    {
        0 => $"SELECT{_}{Expression()} FROM{_}{Table()}{Maybe(2, $"{_}WHERE{_}{Expression()}")}",
        1 => $"INSERT{_}INTO spans ({Column()}) {Maybe(3, "\n")}VALUES{_}({Literal()}),({Literal()})",
        2 => $"UPDATE{_}spans{_}SET note{_}={_}{Expression()}{Maybe(2, $"{_}WHERE{_}{Expression()}")}",
        3 => $"DELETE FROM{_}spans{_}WHERE{_}{Expression()}",
        4 => $"{Maybe(4, Explain())}CREATE{_}TABLE{_}{Maybe(2, "IF NOT EXISTS ")}{NewName()}{_}(\"c;1\" TEXT DEFAULT{_}{Text()}, trigger TEXT,{_}begin{_}INTEGER CHECK(begin{_}<>{_}1))",
        5 => $"CREATE{_}VIEW{_}{NewName()} AS{_}SELECT 1 AS trigger, {Expression()} FROM spans",
        6 => $"CREATE{_}INDEX{_}{NewName()} ON spans({_}begin,{_}\"end\") WHERE{_}begin > 1",
        7 => $"WITH{_}begin(x) AS{_}(SELECT 1) SELECT x,{_}{Literal()} FROM begin",
        8 => Any(["SELECT 1 AS \"a\"\"b;\"", "BEGIN", "END", "COMMIT", "SAVEPOINT trigger", "PRAGMA user_version", "SELECT 1.5e+3, .5, 0x1F, 1_000, 1e5, x'3b', X''", "DROP TRIGGER IF EXISTS t", "ANALYZE"]),
        _ => Trigger(),
    };

    private string Trigger()
    {
        var body = string.Concat(Enumerable.Range(0, _random.Next(1, 4)).Select(each => Step() + Maybe(3, _) + ";" + Maybe(2, _) + Maybe(8, "\n--> statement-breakpoint;\r\n")));
        return $"{Maybe(5, Explain())}{Any(["CREATE", "create", "Create"])}{_}{Maybe(3, $"{Any(["TEMP", "temporary"])}{_}")}TRIGGER{_}{Maybe(3, $"IF{_}NOT{_}EXISTS{_}")}{TriggerName()}{_}"
            + $"{Any(["AFTER", "BEFORE"])}{_}{Any(["INSERT", "DELETE", "UPDATE", $"UPDATE OF{_}begin", "UPDATE OF end, begin"])}{_}ON{_}spans{_}"
            + $"{Maybe(3, $"FOR EACH ROW{_}")}{Maybe(2, $"WHEN{_}{Any(["1", $"(SELECT{_}begin FROM spans){_}IS NULL", $"CASE{_}WHEN 1 THEN 2 END", "CASE 1 WHEN 1 THEN ';' END", "(SELECT CASE WHEN 1 THEN 2 ELSE begin END FROM spans)"])}{_}")}BEGIN{_}{body}END";
    }

    private string Step() => _random.Next(5) switch
    {
        0 => $"SELECT{_}{Expression()} FROM spans",
        1 => $"INSERT INTO{_}spans (begin, end)\nVALUES ({Literal()},{_}{Literal()})",
        2 => $"UPDATE spans SET{_}begin = {Expression()},{_}end{_}={_}2",
        3 => $"DELETE FROM spans WHERE{_}end{_}={_}begin AND{_}{Expression()}",
        _ => $"SELECT{_}RAISE(IGNORE) WHERE{_}{Literal()}",
    };

    // columns of spans; the table in a SELECT is spans or its view
    private string Expression() => _random.Next(9) switch
    {
        0 => $"CASE{_}{Column()}{_}WHEN 1 THEN{_}{Column()} ELSE{_}{Literal()} END",
        1 => $"CASE WHEN{_}begin{_}THEN end ELSE begin END",
        2 => $"{Column()}{_}||{_}{Text()}",
        3 => $"1{_}-{_}-1",
        4 => $"4{_}/{_}2{_}*{_}3",
        5 => $"'{{}}'{_}{Any(["->", "->>"])}{_}{Text()}",
        6 => $"({Column()}{_}LIKE{_}{Text()})",
        _ => Any([Column(), Literal()]),
    };

    private string Table() => Any(["spans", "seen", "\"spans\"", "[spans]", "main.spans", "SPANS", "spans AS \"a;b\"", "spans, [it's]", "spans, \"größe;\""]);

    private string Column() => Any(_columns);

    private string Literal() => _random.Next(5) switch
    {
        0 => Any(["1", "1e5", "0x1F", "1_000", "1.5", ".5", "1e-5", "x'3B3b'", "NULL", "-1", "X'00'"]),
        1 => $"({_}{Text()}{_})",
        _ => Text(),
    };

    private string Text() => "'" + string.Concat(Enumerable.Range(0, _random.Next(4)).Select(_ => Any(_text).Replace("'", "''", StringComparison.Ordinal))) + "'";

    // never made, so never there twice
    private string NewName() => Any(["t", "\"a;b\"", "[END;]", "`x;`", "größe", "a$b", "_1", "\u2028\u0085", "ｔ", "trigger", "\"trig\"\"ger;\"", "begin", "\"--\"", "[/*]", "'a;b'"]);

    private string TriggerName() => Any(["t", "begin", "\"BEGIN;\"", "[END;]", "größe", "end", "trigger", "'x;'"]);

    private string Explain() => $"EXPLAIN{_}{Maybe(2, $"QUERY{_}PLAN{_}")}";

    private string _ => Blank();

    // a vertical tab or a byte order mark may not stand alone between all tokens; behind a space it may
    private string Blank() => Any(_blanks) is var blank && _random.Next(4) == 0 ? " " + blank + Any(_blanks) : " " + blank;

    private string Maybe(int times, string text) => _random.Next(times) == 0 ? text : string.Empty;

    private string Any(string[] values) => values[_random.Next(values.Length)];
}
