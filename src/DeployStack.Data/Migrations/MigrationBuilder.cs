using DeployStack.Data.Migrations.Rebuild;
using DeployStack.Data.Migrations.Scripts;

namespace DeployStack.Data.Migrations;

/// <summary>Takes the statements of an <see cref="IMigration"/>; not thread-safe.</summary>
public sealed class MigrationBuilder
{
    private readonly List<SqlStatement> _statements = [];
    private readonly List<TableRebuildPlan> _rebuilds = [];

    /// <summary>The statements so far, in order.</summary>
    public IReadOnlyList<SqlStatement> Statements => _statements;

    /// <summary>The rebuilds among the statements, which know what their failures mean.</summary>
    internal IReadOnlyList<TableRebuildPlan> Rebuilds => _rebuilds;

    /// <summary>Whether the batch runs with foreign keys off, ends with <c>PRAGMA foreign_key_check</c>, which must find
    /// nothing, and switches them on again. Needs <see cref="DatabaseCapabilities.ForeignKeysOff"/>. Default
    /// <see langword="false"/>.</summary>
    public bool ForeignKeysOff { get; set; }

    /// <summary>Adds one statement.</summary>
    /// <param name="sql">Exactly one statement; the same ones are refused as in a script.</param>
    /// <param name="parameters">Values by name, as for a session; the history does not keep them.</param>
    /// <returns>This builder.</returns>
    public MigrationBuilder Add(string sql, object? parameters = null) => Add(new SqlStatement(sql, parameters));

    /// <summary>Adds one statement with what is expected of it.</summary>
    /// <param name="statement">If its expectation is not met, the whole migration is undone and fails.</param>
    /// <returns>This builder.</returns>
    public MigrationBuilder Add(SqlStatement statement)
    {
        ArgumentNullException.ThrowIfNull(statement);
        if (string.IsNullOrWhiteSpace(statement.Sql))
        {
            throw new ArgumentException("The SQL text is empty.", nameof(statement));
        }

        _statements.Add(statement);
        return this;
    }

    /// <summary>Adds the rebuild of a table.</summary>
    /// <param name="plan">Made from the schema before the migration; it fails the migration where statements before it
    /// changed the table, or what belongs to it. Sets <see cref="ForeignKeysOff"/> where it needs it.</param>
    /// <returns>This builder.</returns>
    public MigrationBuilder Add(TableRebuildPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ForeignKeysOff |= plan.ForeignKeysOff;
        _rebuilds.Add(plan);
        _statements.AddRange(plan.ForMigration());
        return this;
    }

    /// <summary>Adds the statements of a script, taken apart as a file is.</summary>
    /// <param name="sql">Statements that end in semicolons; the last one need not.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="MigrationException">A string, name or trigger has no end, or a directive stands in it.</exception>
    public MigrationBuilder AddScript(string sql)
    {
        ArgumentNullException.ThrowIfNull(sql);
        var statements = ScriptSplitter.Split(Sources.ScriptText.Normalise(sql), out var fault);
        if (fault is not null)
        {
            throw new MigrationException($"The script that was added, line {fault.Line}: {fault.Message}. Nothing was applied. Complete the script.") { Line = fault.Line, Statement = fault.Statement };
        }

        if (statements.SelectMany(static each => each.Directives).FirstOrDefault() is { } directive)
        {
            throw new MigrationException($"The script that was added, line {directive.Line}: directives belong into files; a C# migration has the members of MigrationBuilder instead of '{directive.Name}'. Nothing was applied.") { Line = directive.Line };
        }

        _statements.AddRange(statements.Select(static each => new SqlStatement(each.Sql)));
        return this;
    }
}
