using System.Globalization;
using System.Text;
using DeployStack.Data.Diagnostics;
using DeployStack.Data.Testing.Recording;

namespace DeployStack.Data.Testing;

/// <summary>The statements that a test database executes from <see cref="TestDatabase.Record"/> until disposal.</summary>
/// <remarks>Thread-safe. A statement is there before the call that executed it completes. The statements of a batch are
/// recorded one by one; a unit of work that ran twice is recorded twice; what the kit itself executes is left out.</remarks>
/// <example><code>
/// using var recording = db.Record();
/// await teams.ListWithMembersAsync();
/// recording.AssertNoRepeats();
/// </code></example>
public sealed class SqlRecording : IDisposable
{
    private readonly SqlRecorder _recorder;
    private readonly Action _failed;
    private readonly Lock _gate = new();
    private readonly List<RecordedStatement> _statements = [];

    internal SqlRecording(SqlRecorder recorder, Action failed)
    {
        _recorder = recorder;
        _failed = failed;
        recorder.Listen(Add);
    }

    /// <summary>What was executed so far, in the order of completion.</summary>
    public IReadOnlyList<RecordedStatement> Statements
    {
        get
        {
            lock (_gate)
            {
                return [.. _statements];
            }
        }
    }

    /// <summary>Forgets what was recorded so far.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            _statements.Clear();
        }
    }

    /// <summary>Demands that exactly so many statements were executed.</summary>
    /// <param name="expected">How many.</param>
    /// <param name="kind">Counts reads or writes only; default both.</param>
    /// <exception cref="TestAssertionException">It were others; the message lists them.</exception>
    public void AssertCount(int expected, RecordedStatementKind? kind = null)
    {
        var statements = Statements.Where(statement => kind is null || statement.Kind == kind).ToList();
        if (statements.Count != expected)
        {
            var what = kind switch { null => "statement", RecordedStatementKind.Read => "read", _ => "write" };
            throw Failure($"{Count(expected, what)} expected, {statements.Count} executed:", statements);
        }
    }

    /// <summary>Demands that no statement was executed more than so often: a query for each row of another query is the usual
    /// reason for a page that becomes slow with its data.</summary>
    /// <param name="max">How often one text may be executed, at least 1. Texts that differ only in parameter values are the
    /// same text. Default 1.</param>
    /// <exception cref="TestAssertionException">One was; the message names the texts with their counts.</exception>
    public void AssertNoRepeats(int max = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(max, 1);
        var repeats = Statements.GroupBy(static statement => statement.Sql, StringComparer.Ordinal).Where(group => group.Count() > max)
            .OrderByDescending(static group => group.Count()).ToList();
        if (repeats.Count > 0)
        {
            var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"No statement may be executed more than {Count(max, "time")}. Fetch what belongs together in one query: a join, or IN @ids with a list.");
            foreach (var group in repeats)
            {
                text.Append(CultureInfo.InvariantCulture, $"\n  {group.Count()} times: {OneLine(group.Key)}");
            }

            throw Failure(text.ToString(), []);
        }
    }

    /// <summary>Demands that nothing but reads was executed.</summary>
    /// <exception cref="TestAssertionException">A statement writes; the message lists them.</exception>
    public void AssertNoWrites()
    {
        var writes = Statements.Where(static statement => statement.Kind == RecordedStatementKind.Write).ToList();
        if (writes.Count > 0)
        {
            throw Failure($"No write expected, {writes.Count} executed:", writes);
        }
    }

    /// <summary>Ends the recording; what was recorded stays.</summary>
    public void Dispose() => _recorder.Leave(Add);

    /// <summary>The statements, one on each line with duration and rows; for the output of a test.</summary>
    public override string ToString() => string.Join('\n', Statements.Select(Line));

    private static string Line(RecordedStatement statement)
    {
        var label = statement.Label is { } text ? $", {text}" : string.Empty;
        var error = statement.Error is { } kind ? $", failed with {kind}" : string.Empty;
        return string.Create(CultureInfo.InvariantCulture, $"{OneLine(statement.Sql)}  -- {statement.Duration.TotalMilliseconds:0.000} ms, {Count(statement.Rows, "row")}{label}{error}");
    }

    private static string Count(long count, string noun) => string.Create(CultureInfo.InvariantCulture, $"{count} {noun}{(count == 1 ? string.Empty : "s")}");

    private static string OneLine(string sql) => string.Join(' ', sql.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private void Add(QueryEvent statement)
    {
        var kind = StatementText.Reads(statement.Sql) ? RecordedStatementKind.Read : RecordedStatementKind.Write;
        var recorded = new RecordedStatement(statement.Sql, statement.Label, kind, statement.Duration, statement.Rows, statement.Error);
        lock (_gate)
        {
            _statements.Add(recorded);
        }
    }

    private TestAssertionException Failure(string message, List<RecordedStatement> statements)
    {
        _failed();
        return new(string.Join('\n', statements.Select(static statement => $"  {Line(statement)}").Prepend(message)));
    }
}
