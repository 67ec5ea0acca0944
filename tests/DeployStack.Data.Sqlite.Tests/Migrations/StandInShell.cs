using System.Globalization;
using System.Text;
using SQLitePCL;

namespace DeployStack.Data.Sqlite.Tests.Migrations;

/// <summary>The few commands of the sqlite3 shell that a script of migrations uses, by the rules of
/// https://www.sqlite.org/cli.html, on the SQLite of the tests: what needs no shell on the machine.</summary>
internal sealed class StandInShell : IDisposable
{
    private static readonly HashSet<string> _settings = [".bail", ".echo", ".changes", ".eqp", ".explain", ".headers", ".stats", ".timer", ".nullvalue", ".mode", ".timeout"];

    private readonly string _folder;
    private readonly sqlite3 _db;
    private readonly StringBuilder _output = new();
    private string? _answerFile;

    private StandInShell(string database)
    {
        _folder = Path.GetDirectoryName(database)!;
        Batteries_V2.Init();
        Assert.Equal(raw.SQLITE_OK, raw.sqlite3_open(database, out _db));
    }

    /// <returns>The exit code, and what was printed.</returns>
    public static (int ExitCode, string Output) Run(string database, string script)
    {
        using var shell = new StandInShell(database);
        return (shell.Execute(script) ? 0 : 1, shell._output.ToString());
    }

    public void Dispose() => _db.Dispose();

    /// <summary>Reads line by line: a line that begins with a dot is a command, unless a statement is open.</summary>
    /// <returns>False at the first error.</returns>
    private bool Execute(string script)
    {
        var statement = string.Empty;
        foreach (var line in script.Split('\n'))
        {
            if (statement.Length == 0 && line.StartsWith('.'))
            {
                if (!Command(line))
                {
                    return false;
                }

                continue;
            }

            statement = statement.Length == 0 && SaysNothing(line) ? statement : statement + line + "\n";
            if (statement.Length > 0 && raw.sqlite3_complete(statement) != 0)
            {
                if (!Sql(statement))
                {
                    return false;
                }

                statement = string.Empty;
            }
        }

        return statement.Length == 0 || Sql(statement);
    }

    private static bool SaysNothing(string line) => string.IsNullOrWhiteSpace(line) || line.TrimStart().StartsWith("--", StringComparison.Ordinal);

    private bool Command(string line)
    {
        var (name, argument) = line.Split(' ', 2) is [var first, var rest] ? (first, rest.Trim('\'')) : (line, string.Empty);
        switch (name)
        {
            case ".once":
                _answerFile = Path.Combine(_folder, argument);
                return TryFile(() => File.WriteAllText(_answerFile, string.Empty));
            case ".read":
                var text = string.Empty;
                return TryFile(() => text = File.ReadAllText(Path.Combine(_folder, argument))) && Execute(text);
            default:
                return _settings.Contains(name) || Fail($"unknown command or invalid arguments: \"{name}\"");
        }
    }

    private bool Sql(string sql)
    {
        for (var rest = sql; rest.Length > 0;)
        {
            if (raw.sqlite3_prepare_v2(_db, rest, out var statement, out rest) != raw.SQLITE_OK)
            {
                return Fail(raw.sqlite3_errmsg(_db).utf8_to_string());
            }

            using (statement)
            {
                int code;
                while ((code = raw.sqlite3_step(statement)) == raw.SQLITE_ROW)
                {
                    Print(string.Join('|', Enumerable.Range(0, raw.sqlite3_column_count(statement)).Select(column => raw.sqlite3_column_text(statement, column).utf8_to_string())) + "\n");
                }

                if (code is not (raw.SQLITE_DONE or raw.SQLITE_MISUSE)) // misuse: only comments were left
                {
                    return Fail(raw.sqlite3_errmsg(_db).utf8_to_string());
                }
            }
        }

        _answerFile = null;
        return true;
    }

    private void Print(string text)
    {
        if (_answerFile is { } file)
        {
            File.AppendAllText(file, text);
        }
        else
        {
            _output.Append(text);
        }
    }

    private bool TryFile(Action access)
    {
        try
        {
            access();
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException) // what the shell says as well
        {
            return Fail(exception.Message);
        }
    }

    private bool Fail(string message)
    {
        _output.AppendLine(CultureInfo.InvariantCulture, $"Error: {message}");
        return false;
    }
}
