using DeployStack.Data.Migrations.Lint.Model;
using DeployStack.Data.Migrations.Lint.Parsing;
using DeployStack.Data.Migrations.Lint.Rules;
using DeployStack.Data.Migrations.Rebuild;
using DeployStack.Data.Migrations.Scripts;

namespace DeployStack.Data.Migrations.Lint;

/// <summary>Reads scripts in their order, keeps the schema that they make, and asks the rules at each statement.</summary>
/// <param name="schema">The schema of the database, or an empty one.</param>
/// <param name="isLive">Whether it is all that there is. Without a database, time passes between two scripts, in which
/// every table may get rows.</param>
internal sealed class LintRun(LintSchema schema, bool isLive)
{
    private readonly List<LintDraft> _drafts = [];
    private readonly List<(LintStep Step, LintTable Table, TableDefinition Added)> _tables = [];
    private readonly List<LintScript> _scripts = [];

    /// <summary>What the rules found; the rows of tables that <see cref="LintDraft.Asks"/> about are not asked yet.</summary>
    public IReadOnlyList<LintDraft> Drafts => _drafts;

    public void Read(IEnumerable<LintScript> scripts)
    {
        foreach (var script in scripts)
        {
            Read(script);
        }

        _drafts.AddRange(_tables.SelectMany(static each => SchemaRules.ForeignKeys(each.Step, each.Table, each.Added)).ToList());
    }

    /// <summary>The findings, in the order of scripts and statements, with what the files acknowledge.</summary>
    /// <param name="counts">Rows by the names of tables.</param>
    public IReadOnlyList<LintFinding> Findings(IReadOnlyDictionary<string, long> counts)
    {
        var found = new List<LintFinding>();
        var drafts = _drafts.ToLookup(static draft => (draft.Script, draft.Statement.Number));
        foreach (var script in _scripts)
        {
            foreach (var statement in script.Statements)
            {
                AddStatement(found, script, statement, [.. drafts[(script, statement.Number)]], counts);
            }

            if (script.Fault is { } fault)
            {
                found.Add(new LintDraft(LintRules.Unreadable, script, new(string.Empty, fault.Statement, fault.Line), $"The script cannot be taken apart: {fault.Message}. Complete it.", []).ToFinding(counts, null));
            }
        }

        return found;
    }

    private static void AddStatement(List<LintFinding> found, LintScript script, ScriptStatement statement, IReadOnlyList<LintDraft> drafts, IReadOnlyDictionary<string, long> counts)
    {
        var reasons = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var directive in statement.Directives.Where(static directive => directive.Is(Acknowledgement.Directive)))
        {
            var acknowledgement = Acknowledgement.Of(directive);
            if (acknowledgement.IsMalformed)
            {
                Add(LintRules.Malformed, directive, "The acknowledgement lacks its codes or its reason, and counts for nothing. Write: -- deploystack: allow DL102 because <reason>");
                continue;
            }

            foreach (var code in acknowledgement.Codes)
            {
                reasons[code] = acknowledgement.Reason;
                if (!LintRules.All.Any(rule => rule.Code.Equals(code, StringComparison.OrdinalIgnoreCase)))
                {
                    Add(LintRules.UnknownCode, directive, $"There is no rule {code}. Correct the code.");
                }
                else if (!drafts.Any(draft => draft.Rule.Code.Equals(code, StringComparison.OrdinalIgnoreCase)))
                {
                    Add(LintRules.Unused, directive, $"{code} is acknowledged, but the statement does not give rise to it. Delete the acknowledgement, or put it before the statement that it is for.");
                }
            }
        }

        found.AddRange(drafts.Select(draft => draft.ToFinding(counts, reasons.GetValueOrDefault(draft.Rule.Code))));

        void Add(LintRule rule, ScriptDirective directive, string message)
            => found.Add(new LintDraft(rule, script, statement with { Line = directive.Line, Column = 1 }, message, []).ToFinding(counts, null));
    }

    private void Read(LintScript script)
    {
        _scripts.Add(script);
        if (!isLive || script.IsUnknown)
        {
            schema.Fill();
        }

        List<LintAction> actions = [.. script.Statements.Select(static statement => ActionParser.Parse(statement.Sql))];
        for (var i = 0; i < actions.Count; i++)
        {
            var step = new LintStep(script, actions, i, schema);
            if (ScriptRebuild.IsOn(script.Statements[i]))
            {
                schema.Rebuild(actions[i]); // which the runner does, and proves
                continue;
            }

            _drafts.AddRange(Check(step));
            schema.Apply(actions[i]);
            Remember(step);
        }
    }

    private static List<LintDraft> Check(LintStep step)
        => [.. DataLossRules.Check(step), .. DataDependentRules.Check(step), .. RewriteRules.Check(step), .. TransactionRules.Check(step), .. SchemaRules.Check(step), .. StringRule.Check(step)];

    private void Remember(LintStep step)
    {
        var (name, added) = step.Action switch
        {
            LintAction.CreateTable create => (create.Name, create.Definition),
            LintAction.AddColumn add => (add.Table, add.Added),
            _ => (string.Empty, null),
        };
        if (added is { ForeignKeys.Count: > 0 } && schema.Table(name) is { } table)
        {
            _tables.Add((step, table, added));
        }
    }
}
