using DeployStack.Data.Migrations.Scripts;

namespace DeployStack.Data.Migrations.Lint.Parsing;

/// <summary>Tells what a statement does.</summary>
internal static class ActionParser
{
    private static readonly HashSet<string> _none = new(StringComparer.OrdinalIgnoreCase);

    public static LintAction Parse(string sql)
    {
        var reader = new TokenReader(sql);
        return reader.Accept("CREATE") ? Create(reader)
            : reader.Accept("DROP") ? Drop(reader)
            : reader.Accept("ALTER", "TABLE") ? Alter(reader)
            : ChangeOf(reader) ?? new LintAction.Other();
    }

    private static LintAction Create(TokenReader reader)
    {
        var unique = reader.Accept("UNIQUE");
        while (reader.Accept("TEMP") || reader.Accept("TEMPORARY") || reader.Accept("VIRTUAL"))
        {
        }

        var kind = reader.At(reader.Position).ToUpperInvariant();
        reader.Position++;
        var ifNotExists = reader.Accept("IF", "NOT", "EXISTS");
        var name = reader.QualifiedName();
        return kind switch
        {
            "TABLE" => CreateTable(reader, name, ifNotExists),
            "INDEX" => CreateIndex(reader, name, unique, ifNotExists),
            "VIEW" => new LintAction.CreateDependent(kind, name, string.Empty, MentionsOf(reader), ifNotExists),
            "TRIGGER" => new LintAction.CreateDependent(kind, name, TableOfTrigger(reader), MentionsOf(reader), ifNotExists),
            _ => new LintAction.Other(),
        };
    }

    private static LintAction.CreateTable CreateTable(TokenReader reader, string name, bool ifNotExists)
        => reader.IsSymbolAt(reader.Position, '(') ? new(name, ifNotExists, new TableParser(reader).ReadTable(), _none)
            : new(name, ifNotExists, null, SourcesOf(reader));

    private static LintAction.CreateIndex CreateIndex(TokenReader reader, string name, bool unique, bool ifNotExists)
    {
        reader.Accept("ON");
        var table = reader.Name();
        return new(name, table, reader.Names(), unique, reader.Is("WHERE"), ifNotExists);
    }

    private static string TableOfTrigger(TokenReader reader)
    {
        while (!reader.IsAtEnd && !reader.Accept("ON"))
        {
            reader.Position++;
        }

        return reader.Name();
    }

    private static LintAction Drop(TokenReader reader)
    {
        var kind = reader.At(reader.Position).ToUpperInvariant();
        reader.Position++;
        reader.Accept("IF", "EXISTS");
        var name = reader.QualifiedName();
        return kind is "TABLE" ? new LintAction.DropTable(name) : new LintAction.DropObject(kind, name);
    }

    private static LintAction Alter(TokenReader reader)
    {
        var table = reader.QualifiedName();
        if (reader.Accept("RENAME", "TO"))
        {
            return new LintAction.RenameTable(table, reader.Name());
        }

        if (reader.Accept("RENAME"))
        {
            reader.Accept("COLUMN");
            var column = reader.Name();
            reader.Accept("TO");
            return new LintAction.RenameColumn(table, column, reader.Name());
        }

        if (reader.Accept("ADD"))
        {
            reader.Accept("COLUMN");
            return new LintAction.AddColumn(table, new TableParser(reader).ReadAddedColumn());
        }

        if (!reader.Accept("DROP"))
        {
            return new LintAction.Other();
        }

        reader.Accept("COLUMN");
        return new LintAction.DropColumn(table, reader.Name());
    }

    private static LintAction? ChangeOf(TokenReader reader)
    {
        var replaces = false;
        if (reader.Is("WITH"))
        {
            while (!reader.IsAtEnd && !reader.IsOneOf("INSERT", "REPLACE", "UPDATE", "DELETE", "SELECT"))
            {
                reader.Skip();
            }
        }

        if (reader.Accept("INSERT") || reader.Is("REPLACE"))
        {
            while (!reader.IsAtEnd && !reader.Accept("INTO"))
            {
                replaces |= reader.Accept("REPLACE") || Next(reader);
            }

            var table = reader.QualifiedName();
            _ = reader.Accept("AS") && reader.Name().Length > 0;
            return new LintAction.Insert(table, replaces, reader.Names(), SourcesOf(reader), IsFiltered(reader));
        }

        if (reader.Accept("UPDATE"))
        {
            _ = reader.Accept("OR") && Next(reader);
            return new LintAction.Update(reader.QualifiedName(), IsFiltered(reader));
        }

        return reader.Accept("DELETE", "FROM") ? new LintAction.Delete(reader.QualifiedName(), IsFiltered(reader)) : null;
    }

    // false, so that it reads as "and go on" in the expressions above
    private static bool Next(TokenReader reader)
    {
        reader.Position++;
        return false;
    }

    private static bool IsFiltered(TokenReader reader)
    {
        var start = reader.Position;
        var found = false;
        for (; !reader.IsAtEnd; reader.Skip())
        {
            found |= reader.Is("WHERE") || reader.Is("LIMIT");
        }

        reader.Position = start;
        return found;
    }

    private static HashSet<string> SourcesOf(TokenReader reader)
    {
        var sources = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        for (var i = reader.Position; i < reader.Count; i++)
        {
            if (reader.IsWordAt(i, "FROM") || reader.IsWordAt(i, "JOIN"))
            {
                sources.Add(reader.IsSymbolAt(i + 2, '.') ? reader.At(i + 3) : reader.At(i + 1));
            }
        }

        return sources;
    }

    private static HashSet<string> MentionsOf(TokenReader reader)
        => Enumerable.Range(reader.Position, Math.Max(0, reader.Count - reader.Position))
            .Where(i => reader.KindAt(i) is SqlTokenKind.Word or SqlTokenKind.Name)
            .Select(reader.At)
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
}
