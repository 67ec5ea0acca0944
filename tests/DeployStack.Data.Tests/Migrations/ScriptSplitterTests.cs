using DeployStack.Data.Migrations.Scripts;

namespace DeployStack.Data.Tests.Migrations;

public sealed class ScriptSplitterTests
{
    public static TheoryData<string, string[]> Scripts => new()
    {
        { "", [] },
        { " \n\t", [] },
        { ";;; ;", [] },
        { "-- only a comment; nothing else", [] },
        { "/* ; */ -- ;", [] },
        { "SELECT 1", ["SELECT 1"] },
        { "SELECT 1;", ["SELECT 1"] },
        { "SELECT 1;SELECT 2", ["SELECT 1", "SELECT 2"] },
        { "\n  SELECT 1 ; \n\n SELECT 2 ;\n", ["SELECT 1", "SELECT 2"] },
        { "SELECT ';'; SELECT 2", ["SELECT ';'", "SELECT 2"] },
        { "SELECT 'it''s; one';SELECT 2", ["SELECT 'it''s; one'", "SELECT 2"] },
        { "SELECT '';SELECT 2", ["SELECT ''", "SELECT 2"] },
        { "SELECT '-- no comment'; SELECT 2", ["SELECT '-- no comment'", "SELECT 2"] },
        { "SELECT '/*'; SELECT '*/'", ["SELECT '/*'", "SELECT '*/'"] },
        { "SELECT 'line\n;\nline'; SELECT 2", ["SELECT 'line\n;\nline'", "SELECT 2"] },
        { "SELECT \"a;b\", `c;d`, [e;f]; SELECT 2", ["SELECT \"a;b\", `c;d`, [e;f]", "SELECT 2"] },
        { "SELECT \"say \"\"x;y\"\"\"; SELECT 2", ["SELECT \"say \"\"x;y\"\"\"", "SELECT 2"] },
        { "SELECT [it's]; SELECT 2", ["SELECT [it's]", "SELECT 2"] },
        { "SELECT x';'; SELECT 2", ["SELECT x';'", "SELECT 2"] },
        { "SELECT 1 -- one; two\n; SELECT 2", ["SELECT 1", "SELECT 2"] },
        { "SELECT 1 /* one; two */ + 1; SELECT 2", ["SELECT 1 /* one; two */ + 1", "SELECT 2"] },
        { "SELECT 1 -- it's one\n, 2; SELECT 3", ["SELECT 1 -- it's one\n, 2", "SELECT 3"] },
        { "SELECT 2 - -1; SELECT 4 / 2 * 3; SELECT 5", ["SELECT 2 - -1", "SELECT 4 / 2 * 3", "SELECT 5"] },
        { "SELECT 1 /* never closed; ", ["SELECT 1"] },
        { "SELECT 1 --> statement-breakpoint\nSELECT 2", ["SELECT 1", "SELECT 2"] },
        { "SELECT 1;\n--> statement-breakpoint\nSELECT 2;", ["SELECT 1", "SELECT 2"] },
        { "--> statement-breakpoint\n\n--> statement-breakpoint\nSELECT 1", ["SELECT 1"] },
        { "SELECT '--> statement-breakpoint'; SELECT 2", ["SELECT '--> statement-breakpoint'", "SELECT 2"] },
        { "SELECT 1 -- --> statement-breakpoint\n, 2", ["SELECT 1 -- --> statement-breakpoint\n, 2"] },
        { "SELECT CASE WHEN 1 THEN 2 END; SELECT 3", ["SELECT CASE WHEN 1 THEN 2 END", "SELECT 3"] },
        { "BEGIN; SELECT 1; END; SELECT 2", ["BEGIN", "SELECT 1", "END", "SELECT 2"] },
    };

    public static TheoryData<string> Triggers => new(
        "CREATE TRIGGER t AFTER INSERT ON a BEGIN SELECT 1; END",
        "create temp trigger t after insert on a begin select 1; end",
        "CREATE TEMPORARY TRIGGER IF NOT EXISTS t AFTER INSERT ON a BEGIN SELECT 1; SELECT 2; END",
        "CREATE /* ; */ TRIGGER t -- ;\n AFTER INSERT ON a BEGIN -- ;\n SELECT ';'; /* END; */ SELECT 2; -- done\n END",
        "CREATE TRIGGER t AFTER INSERT ON a BEGIN SELECT CASE WHEN 1 THEN CASE 2 WHEN 2 THEN 3 END END; END",
        "CREATE TRIGGER t AFTER INSERT ON a WHEN CASE new.x WHEN 1 THEN 1 ELSE 0 END BEGIN UPDATE a SET x = 1; END",
        "CREATE TRIGGER t AFTER INSERT ON a BEGIN INSERT INTO spans (begin, end) VALUES (new.begin, new.end); SELECT end FROM spans; END",
        "CREATE TRIGGER t AFTER UPDATE OF begin, end ON a WHEN new.begin < new.end BEGIN SELECT 1; END",
        "CREATE TRIGGER \"TRIGGER; BEGIN\" AFTER INSERT ON a BEGIN SELECT 1; END",
        "CREATE TRIGGER t AFTER INSERT ON a BEGIN SELECT 1 -- --> statement-breakpoint\n; END",
        "CREATE TRIGGER t AFTER INSERT ON a BEGIN SELECT 1;\n--> statement-breakpoint\nSELECT 2; END",
        "CREATE TRIGGER t AFTER INSERT ON a BEGIN END");

    [Theory]
    [MemberData(nameof(Scripts))]
    public void A_script_is_taken_apart(string script, string[] expected)
    {
        Assert.Equal(expected, ScriptSplitter.Split(script, out var fault).Select(each => each.Sql));
        Assert.Null(fault);
    }

    [Theory]
    [MemberData(nameof(Triggers))]
    public void A_trigger_is_one_statement_wherever_it_stands(string trigger)
    {
        Assert.Equal([trigger], ScriptSplitter.Split(trigger, out _).Select(each => each.Sql));
        Assert.Equal(["SELECT 1", trigger, "SELECT 2"], ScriptSplitter.Split($"SELECT 1;{trigger};SELECT 2", out _).Select(each => each.Sql));
        Assert.Equal([trigger, "SELECT 2"], ScriptSplitter.Split($"{trigger}\n--> statement-breakpoint\nSELECT 2", out _).Select(each => each.Sql));
    }

    [Theory]
    [InlineData("CREATE TABLE trigger_log (x); SELECT 1")]
    [InlineData("CREATE TABLE \"trigger\" (x); SELECT 1")]
    [InlineData("CREATE VIEW v AS SELECT 1 AS trigger; SELECT 1")]
    [InlineData("DROP TRIGGER t; SELECT 1")]
    [InlineData("CREATE TRIGGER t AFTER INSERT ON a; SELECT 1")]
    public void What_is_no_trigger_ends_at_its_semicolon(string script)
        => Assert.Equal(2, ScriptSplitter.Split(script, out _).Count);

    [Fact]
    public void Numbers_and_lines_are_those_of_the_script()
    {
        var statements = ScriptSplitter.Split("-- first\nSELECT 1;\n\n/* two\nlines */ SELECT\n2; SELECT 3;\n'four'", out _);
        Assert.Equal([(1, 2), (2, 5), (3, 6), (4, 7)], statements.Select(each => (each.Number, each.Line)));
    }

    [Theory]
    [InlineData("SELECT 1;\n\nSELECT 'open; SELECT 2", 3, 2, "string")]
    [InlineData("SELECT\n\n[open", 3, 1, "quoted name")]
    [InlineData("\n\"", 2, 1, "quoted name")]
    [InlineData("SELECT 'it''", 1, 1, "string")]
    [InlineData("SELECT 1;\n\n CREATE TRIGGER t AFTER INSERT ON a BEGIN\nSELECT 1;\nSELECT 2;", 3, 2, "trigger")]
    public void What_has_no_end_is_told_with_its_line(string script, int line, int statement, string what)
    {
        ScriptSplitter.Split(script, out var fault);
        Assert.Equal((line, statement), (fault!.Line, fault.Statement));
        Assert.Contains(what, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Directives_belong_to_the_statement_that_follows_them()
    {
        var statements = ScriptSplitter.Split("-- a comment\n-- deploystack: allow DS101 old data\n/* DeployStack:  rebuild\n drop x */\n  DROP TABLE a;\nDROP /* deploystack: inside */ TABLE b", out var fault);
        Assert.Null(fault);
        Assert.Equal([new("allow", "DS101 old data", 2), new("rebuild", "drop x", 3)], statements[0].Directives);
        Assert.Equal((5, 3), (statements[0].Line, statements[0].Column));
        Assert.Equal([new("inside", string.Empty, 6)], statements[1].Directives);
    }

    [Fact]
    public void A_directive_behind_the_last_statement_is_a_fault()
    {
        ScriptSplitter.Split("SELECT 1;\n-- deploystack: allow DS101", out var fault);
        Assert.Equal((2, 2), (fault!.Line, fault.Statement));
        Assert.Contains("'allow'", fault.Message, StringComparison.Ordinal);
    }
}
